using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Discover;

/// <summary>What one look at the sources of a channel brought.</summary>
public sealed class Discovery
{
    public List<Item> Items { get; } = [];

    /// <summary>Items that had ended because they were gone, and are there again.</summary>
    public List<ItemId> Returned { get; } = [];

    /// <summary>Clips that are known already, and what is told of them now.</summary>
    public List<KnownClip> Known { get; } = [];

    /// <summary>Sources that could not be asked, in words.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Something will be ready in this time; null: nothing known.</summary>
    public TimeSpan? Again { get; private set; }

    public void LookAgainAfter(TimeSpan? wait) => Again = wait is { } w && (Again is null || w < Again) ? w : Again;
}

/// <param name="Id">The item.</param>
/// <param name="Now">What the listing tells.</param>
public sealed record KnownClip(ItemId Id, FoundClip Now);
