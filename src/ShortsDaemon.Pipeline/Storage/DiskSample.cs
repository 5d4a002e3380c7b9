using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Free space at one time; a day of these makes the forecast.</summary>
public sealed class DiskSample
{
    /// <summary>Which place, for instance work.</summary>
    public required string Place { get; set; }
    public DateTimeOffset At { get; set; }
    public long FreeBytes { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<DiskSample>
    {
        public void Configure(EntityTypeBuilder<DiskSample> sample) => sample.HasKey(s => new { s.Place, s.At });
    }
}
