using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Something that an older tool has posted; it is never posted again.</summary>
public sealed class PastPost
{
    public long Id { get; set; }

    /// <summary>Id of the clip at its source; null when the older tool did not keep it.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Title as it was posted; null when not kept.</summary>
    public string? Title { get; set; }

    /// <summary>The title with letters and digits only, lower case; what titles are compared by.</summary>
    public string? TitleKey { get; set; }

    /// <summary>Id of the video there; null when not kept.</summary>
    public string? RemoteId { get; set; }
    public DateTimeOffset? PostedAt { get; set; }
    public DateTimeOffset ImportedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<PastPost>
    {
        public void Configure(EntityTypeBuilder<PastPost> post)
        {
            post.HasIndex(p => p.ExternalId).IsUnique();
            post.HasIndex(p => p.TitleKey);
        }
    }
}
