using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>The database was put back from a backup: what went out after it was made is not known here.</summary>
public sealed class Restore
{
    public long Id { get; set; }

    /// <summary>Name of the backup.</summary>
    public required string Backup { get; set; }

    /// <summary>When the backup was made.</summary>
    public DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset RestoredAt { get; set; }

    /// <summary>When every destination had been read back, or a person had opened what was left; null: not yet.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>A Short that was found at a destination after a restore, and that this database does not know as published.</summary>
public sealed class FoundUpload
{
    /// <summary>Stands for clip and destination, see <see cref="Publish.ShortMarker"/>.</summary>
    public required string Marker { get; set; }

    /// <summary>Channel and destination, for instance gaming/YouTube.</summary>
    public required string Destination { get; set; }

    /// <summary>Path or remote id.</summary>
    public required string RemoteId { get; set; }
    public string? Title { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<FoundUpload>
    {
        public void Configure(EntityTypeBuilder<FoundUpload> found) => found.HasKey(f => f.Marker);
    }
}
