using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>One page of the wall.</summary>
/// <param name="Query">What was asked for.</param>
/// <param name="At">When it was read.</param>
public sealed record WallReading(WallQuery Query, DateTimeOffset At)
{
    /// <summary>Every channel there ever was.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<WallCard> Cards { get; init; } = [];

    /// <summary>Where the next page begins; null: there is no more.</summary>
    public ItemId? Older { get; init; }

    /// <summary>So many items with these words were looked at, and the page is not full: there may be more further back. 0: no.</summary>
    public int LookedAt { get; init; }
}

/// <param name="Id">Of the item.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="Reason">Why it stands there; null: for no special reason.</param>
public sealed record WallCard(
    ItemId Id,
    string Title,
    string Channel,
    ItemState State,
    DateTimeOffset FoundAt,
    string? Reason
)
{
    /// <summary>Where its Short is.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    public bool HasThumbnail { get; init; }

    /// <summary>Where it is, or why it is not.</summary>
    public string Outcome => Places.Count > 0 ? string.Join(", ", Places) : Reason ?? "";
}
