using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Nothing goes out through this door for now.</summary>
public sealed class Hold
{
    /// <summary>Which door: a destination, an account, a project's uploads. For instance "account:YouTube/main".</summary>
    public required string Scope { get; set; }

    /// <summary>Why, and how to mend it.</summary>
    public required string Reason { get; set; }
    public DateTimeOffset Since { get; set; }

    /// <summary>When it ends by itself; null: when a person has mended it.</summary>
    public DateTimeOffset? Until { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Hold>
    {
        public void Configure(EntityTypeBuilder<Hold> hold) => hold.HasKey(h => h.Scope);
    }
}
