using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Everything the database knows about one item, oldest first.</summary>
public sealed record ItemStory(Item Item)
{
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];
    public IReadOnlyList<Rendition> Renditions { get; init; } = [];
    public IReadOnlyList<Publication> Publications { get; init; } = [];

    /// <summary>The item this one is a duplicate of.</summary>
    public Item? First { get; init; }

    /// <summary>What would be written with it, by destination.</summary>
    public IReadOnlyList<PostPreview> Previews { get; init; } = [];

    /// <summary>What people did with it.</summary>
    public IReadOnlyList<AuditEntry> Audit { get; init; } = [];

    /// <summary>Items that are duplicates of this one.</summary>
    public IReadOnlyList<Item> Duplicates { get; init; } = [];

    public static async Task<ItemStory> ReadAsync(ShortsDb db, ItemId id, CancellationToken cancel)
    {
        // One snapshot, because the daemon may go on meanwhile; deferred, because EF's own would ask for the right to write.
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        await using var snapshot = connection.BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(snapshot, cancel);
        var item = await db.Items.AsNoTracking().SingleAsync(i => i.Id == id, cancel);
        return new ItemStory(item)
        {
            Decisions = await ListAsync(db.Decisions.Where(d => d.ItemId == id).OrderBy(d => d.Id), cancel),
            Attempts = await ListAsync(db.Attempts.Where(a => a.ItemId == id).OrderBy(a => a.Id), cancel),
            Renditions = await ListAsync(db.Renditions.Where(r => r.ItemId == id).OrderBy(r => r.Id), cancel),
            Publications = await ListAsync(db.Publications.Where(p => p.ItemId == id).OrderBy(p => p.Id), cancel),
            Audit = await ListAsync(db.Audit.Where(a => a.ItemId == id).OrderBy(a => a.Id), cancel),
            First = item.DuplicateOf is { } first
                ? await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == first, cancel)
                : null,
            Duplicates = await ListAsync(db.Items.Where(i => i.DuplicateOf == id).OrderBy(i => i.Id), cancel),
        };
    }

    private static async Task<IReadOnlyList<T>> ListAsync<T>(IQueryable<T> rows, CancellationToken cancel)
        where T : class => await rows.AsNoTracking().ToListAsync(cancel);
}
