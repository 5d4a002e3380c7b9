using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Host.Logins;
using ShortsDaemon.Host.Web.Uploads;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Channels;

/// <summary>Whether a channel is at work.</summary>
public enum ChannelStanding
{
    Works,

    /// <summary>A person has paused it.</summary>
    Paused,

    /// <summary>The configuration has switched it off.</summary>
    Off,

    /// <summary>It has left the configuration, but has items.</summary>
    Left,
}

/// <summary>A channel in one line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Standing">Whether it is at work.</param>
public sealed record ChannelLine(string Name, ChannelStanding Standing)
{
    /// <summary>Who has paused it and since when; null: nobody.</summary>
    public Hold? Pause { get; init; }

    /// <summary>When its schedule fires next; null: it has none, or nothing comes of it.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Items that wait to be selected.</summary>
    public int Candidates { get; init; }

    /// <summary>Items that were selected and have not ended.</summary>
    public int UnderWay { get; init; }

    /// <summary>Null: it never looked for clips.</summary>
    public Run? Last { get; init; }
}

/// <summary>The list of all channels.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Channels">Those of the configuration first, then those that have left it.</param>
/// <param name="Trouble">What is wrong with the configuration.</param>
public sealed record ChannelList(DateTimeOffset At, IReadOnlyList<ChannelLine> Channels, ConfigurationTrouble Trouble);

/// <summary>All about one channel.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Line">The same as in the list.</param>
public sealed record ChannelReading(DateTimeOffset At, ChannelLine Line)
{
    /// <summary>Its schedules and their next times; null: it has left the configuration.</summary>
    public ChannelPlan? Plan { get; init; }

    public IReadOnlyList<DestinationLine> Destinations { get; init; } = [];

    /// <summary>Of its sources and destinations.</summary>
    public IReadOnlyList<KeptLogin> Logins { get; init; } = [];

    /// <summary>Best first, not all of them.</summary>
    public IReadOnlyList<BacklogLine> Backlog { get; init; } = [];

    /// <summary>In walking order, only where there is something.</summary>
    public IReadOnlyList<StageCount> Stages { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Run> Runs { get; init; } = [];
    public required ChannelResults Results { get; init; }
    public IReadOnlyList<Setting> Settings { get; init; } = [];
    public required ConfigurationTrouble Trouble { get; init; }

    /// <summary>Why it takes no recordings; null: it does.</summary>
    public string? WhyNoUpload { get; init; }

    /// <summary>Newest first, those that have ended too.</summary>
    public IReadOnlyList<Upload> Uploads { get; init; } = [];
}

/// <param name="Name">Channel and destination.</param>
/// <param name="Type">The plug-in.</param>
/// <param name="Posting">Slots, caps and quota; null: Shorts go there as soon as they are made.</param>
public sealed record DestinationLine(string Name, string Type, PostingStanding? Posting);

/// <param name="Item">The candidate.</param>
/// <param name="Title">Its title.</param>
/// <param name="Score">Of the latest selection; null: none has looked at it yet.</param>
/// <param name="FoundAt">When it was found.</param>
public sealed record BacklogLine(ItemId Item, string Title, double? Score, DateTimeOffset FoundAt);

/// <param name="Stage">The stage that comes next.</param>
/// <param name="Count">Items there.</param>
public sealed record StageCount(ItemState Stage, int Count);

/// <summary>What became of a channel's clips.</summary>
/// <param name="Posted7">Shorts that were published in the last 7 days.</param>
/// <param name="Posted30">The same for 30 days.</param>
/// <param name="Found">Clips that were found in the last 30 days.</param>
/// <param name="Published">How many of those are published; the others likewise.</param>
/// <param name="Rejected">Not wanted, or not fit to ship.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Expired">Never selected.</param>
public sealed record ChannelResults(
    int Posted7,
    int Posted30,
    int Found,
    int Published,
    int Rejected,
    int Failed,
    int Expired
);
