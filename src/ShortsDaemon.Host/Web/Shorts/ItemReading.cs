using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>The page of one item.</summary>
/// <param name="Story">All that is known of it.</param>
/// <param name="Clock">Of its channel.</param>
/// <param name="At">When it was read.</param>
public sealed record ItemReading(ItemStory Story, ChannelClock Clock, DateTimeOffset At)
{
    public Item Item => Story.Item;

    /// <summary>The Short that counts; null: none was made, or its story is not kept any more.</summary>
    public Rendition? Rendition => Story.Renditions.Count > 0 ? Story.Renditions[^1] : null;

    public bool HasThumbnail { get; init; }

    /// <summary>The file of the Short can be played.</summary>
    public bool HasShort { get; init; }

    /// <summary>The recording can be played.</summary>
    public bool HasSource { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}
