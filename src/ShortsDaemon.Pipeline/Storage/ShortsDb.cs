using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>The daemon's memory. The state of its items is the work queue.</summary>
public sealed class ShortsDb(DbContextOptions<ShortsDb> options) : DbContext(options)
{
    public DbSet<Channel> Channels => Set<Channel>();
    public DbSet<Item> Items => Set<Item>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<Rendition> Renditions => Set<Rendition>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<AlertDelivery> AlertDeliveries => Set<AlertDelivery>();
    public DbSet<AlertReceiver> AlertReceivers => Set<AlertReceiver>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<Breaker> Breakers => Set<Breaker>();
    public DbSet<Broadcaster> Broadcasters => Set<Broadcaster>();
    public DbSet<DiskSample> DiskSamples => Set<DiskSample>();
    public DbSet<FireMark> FireMarks => Set<FireMark>();
    public DbSet<FireSlot> FireSlots => Set<FireSlot>();
    public DbSet<FoundUpload> FoundUploads => Set<FoundUpload>();
    public DbSet<Game> Games => Set<Game>();
    public DbSet<Hold> Holds => Set<Hold>();
    public DbSet<ItemPrint> ItemPrints => Set<ItemPrint>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<PastPost> PastPosts => Set<PastPost>();
    public DbSet<QuotaDay> QuotaDays => Set<QuotaDay>();
    public DbSet<Restore> Restores => Set<Restore>();

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var changed in ChangeTracker.Entries<Item>().Where(e => e.State == EntityState.Modified))
            changed.Entity.Version++;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        builder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        builder.Properties<ItemId>().HaveConversion<ItemIdNumber>();
        builder.Properties<ItemState>().HaveConversion<string>();
        builder.Properties<AttemptResult>().HaveConversion<string>();
        builder.Properties<Verdict>().HaveConversion<string>();
        builder.Properties<AlertLevel>().HaveConversion<string>();
        builder.Properties<BreakerState>().HaveConversion<string>();
        builder.Properties<QualityGroup>().HaveConversion<string>();
        builder.Properties<FireOutcome>().HaveConversion<string>();
        builder.Properties<FireCause>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        // Tables that belong to no item say in their own file what they need.
        model.ApplyConfigurationsFromAssembly(typeof(ShortsDb).Assembly);
        model.Entity<Channel>().HasKey(c => c.Name);
        model.Entity<Item>(Describe);
        model.Entity<Attempt>(a =>
        {
            BelongsToItem(a, x => x.ItemId);
            a.HasIndex(x => x.EndedAt);
        });
        model.Entity<Decision>(d =>
        {
            BelongsToItem(d, x => x.ItemId);
            d.OwnsMany(x => x.Features, f => f.ToJson());
        });
        model.Entity<Rendition>(r =>
        {
            BelongsToItem(r, x => x.ItemId);
            r.HasIndex(x => x.MadeAt);
            r.OwnsMany(x => x.Checks, c => c.ToJson());
            r.OwnsMany(x => x.Quality, q => q.ToJson());
        });
        model.Entity<Publication>(p =>
        {
            BelongsToItem(p, x => x.ItemId);
            p.HasOne<Rendition>().WithMany().HasForeignKey(x => x.RenditionId).OnDelete(DeleteBehavior.Restrict);
            p.HasIndex(x => new { x.ItemId, x.Destination }).IsUnique();
            p.HasIndex(x => new { x.Destination, x.ReservedName }).IsUnique();
            p.HasIndex(x => new { x.Destination, x.SlotAt });
            p.HasIndex(x => x.SlotAt);
            p.HasIndex(x => x.PublishedAt);
        });
        model.Entity<Run>(run =>
        {
            run.HasIndex(r => new { r.Channel, r.StartedAt });
            run.HasIndex(r => new { r.Channel, r.Id });
        });
    }

    private static void Describe(EntityTypeBuilder<Item> item)
    {
        // Said aloud: behind a converter the convention does not find it, but the migration snapshot does.
        item.Property(i => i.Id).ValueGeneratedOnAdd().UseAutoincrement();
        item.Property(i => i.Version).IsConcurrencyToken();
        item.OwnsOne(i => i.Facts);
        item.OwnsOne(i => i.Origin, origin => origin.HasIndex(o => o.VideoId));
        item.Property(i => i.WantedLayout).HasConversion<string>();
        item.Ignore(i => i.SourceType);
        item.HasIndex(i => new
            {
                i.Channel,
                i.Source,
                i.ExternalId,
            })
            .IsUnique();
        item.HasIndex(i => new { i.State, i.NotBefore });
        item.HasIndex(i => new
        {
            i.Channel,
            i.State,
            i.DiscoveredAt,
        });
        // For the wall of the control room: the rows of an index come in the order of the ids.
        item.HasIndex(i => i.State);
        item.HasIndex(i => i.Channel);
        item.HasIndex(i => new { i.Channel, i.State });
        item.HasIndex(i => i.RecordedAt);
        item.HasIndex(i => i.DiscoveredAt);
        item.HasIndex(i => new { i.RunId, i.State });
        item.HasIndex(i => i.DuplicateOf);
        item.HasIndex(i => i.ContentHash);
        item.HasOne<Channel>().WithMany().HasForeignKey(i => i.Channel).OnDelete(DeleteBehavior.Restrict);
    }

    private static void BelongsToItem<T>(
        EntityTypeBuilder<T> entity,
        System.Linq.Expressions.Expression<Func<T, object?>> itemId
    )
        where T : class => entity.HasOne<Item>().WithMany().HasForeignKey(itemId).OnDelete(DeleteBehavior.Restrict);
}
