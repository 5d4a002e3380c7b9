using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>
/// What one receiver is told of one trouble, from the first time it is raised until it has stayed well. Times at which it
/// comes and goes shortly after one another belong to one.
/// </summary>
public sealed class AlertDelivery
{
    public long Id { get; set; }

    /// <summary>The latest alert of this trouble.</summary>
    public long AlertId { get; set; }
    public required string Receiver { get; set; }
    public required string Rule { get; set; }
    public required string Subject { get; set; }
    public AlertLevel Level { get; set; }

    /// <summary>What is told now, or was told last.</summary>
    public AlertNews News { get; set; }
    public DeliveryState State { get; set; }

    /// <summary>Told from then on, if it is still worth telling.</summary>
    public DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>When the trouble was raised first, and how often since.</summary>
    public DateTimeOffset FirstRaisedAt { get; set; }
    public int Times { get; set; } = 1;

    /// <summary>Tries that failed, and why the last one did.</summary>
    public int Tries { get; set; }
    public string? LastError { get; set; }

    /// <summary>False: a later one of the same trouble has taken its place.</summary>
    public bool IsCurrent { get; set; } = true;

    internal sealed class Table : IEntityTypeConfiguration<AlertDelivery>
    {
        public void Configure(EntityTypeBuilder<AlertDelivery> delivery)
        {
            delivery.Property(d => d.News).HasConversion<string>();
            delivery.Property(d => d.State).HasConversion<string>();
            delivery
                .HasIndex(d => new
                {
                    d.Receiver,
                    d.Rule,
                    d.Subject,
                })
                .HasFilter("\"IsCurrent\"");
            delivery.HasIndex(d => new
            {
                d.Receiver,
                d.State,
                d.News,
                d.DueAt,
            });
            delivery.HasOne<Alert>().WithMany().HasForeignKey(d => d.AlertId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

public enum AlertNews
{
    Raised,

    /// <summary>It is well again.</summary>
    Resolved,
}

public enum DeliveryState
{
    /// <summary>To be told when it is due.</summary>
    Waiting,
    Told,

    /// <summary>It was over before it was worth telling.</summary>
    NotNeeded,

    /// <summary>It could not be delivered for days, and is over.</summary>
    GivenUp,
}
