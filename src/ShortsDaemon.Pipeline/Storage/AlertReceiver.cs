using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>How far a receiver of alerts has been served, and how it answers.</summary>
public sealed class AlertReceiver
{
    public required string Name { get; set; }

    /// <summary>When it was first seen in the configuration; what was over by then is not told.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Number of the last alert that was looked at for it.</summary>
    public long SeenUpTo { get; set; }

    /// <summary>Failures since the last success, and the reason of the last one.</summary>
    public int Failures { get; set; }
    public string? LastError { get; set; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset? NotBefore { get; set; }
    public DateTimeOffset? LastToldAt { get; set; }

    /// <summary>Messages that may go out at once, as of <see cref="BudgetAt"/>; grows with time.</summary>
    public double Budget { get; set; }
    public DateTimeOffset BudgetAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AlertReceiver>
    {
        public void Configure(EntityTypeBuilder<AlertReceiver> receiver) => receiver.HasKey(r => r.Name);
    }
}
