using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>What one project has spent of one quota on one day of the platform.</summary>
public sealed class QuotaDay
{
    /// <summary>The platform's project, for instance YouTube/123456.</summary>
    public required string Project { get; set; }

    /// <summary>Which quota: uploads, searches, units.</summary>
    public required string Bucket { get; set; }

    /// <summary>The platform's own day; for YouTube that of the Pacific zone.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Spent or reserved; counted before the call goes out.</summary>
    public long Spent { get; set; }

    /// <summary>What turned out to be the limit when the platform refused earlier than expected; null: never refused.</summary>
    public long? LearnedCap { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<QuotaDay>
    {
        public void Configure(EntityTypeBuilder<QuotaDay> day) =>
            day.HasKey(d => new
            {
                d.Project,
                d.Bucket,
                d.Day,
            });
    }
}
