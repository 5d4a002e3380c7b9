using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Something that a person did. Written together with what it did; never changed.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Name of the account, or which way it came in, for instance "this machine".</summary>
    public required string Who { get; set; }

    /// <summary>For instance "approve" or "run job".</summary>
    public required string What { get; set; }

    /// <summary>The item it was done with, which may have been cleared away since; null: with none.</summary>
    public ItemId? ItemId { get; set; }

    /// <summary>With which words, wishes or thing; null: nothing more to tell.</summary>
    public string? Detail { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entry)
        {
            entry.ToTable("Audit");
            entry.HasIndex(a => a.ItemId);
            entry.HasIndex(a => a.At);
        }
    }
}
