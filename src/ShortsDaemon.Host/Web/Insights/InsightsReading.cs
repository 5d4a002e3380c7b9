using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Insights;

/// <summary>What the page of insights shows.</summary>
public sealed record InsightsReading(InsightsQuery Query, DateTimeOffset From)
{
    /// <summary>All that there ever were, for the choice.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>What became of the items found in this time, each step a part of the one before.</summary>
    public IReadOnlyList<FunnelStep> Funnel { get; init; } = [];

    /// <summary>Published on each day, or in each week of a long time; oldest first.</summary>
    public IReadOnlyList<PostsOfTime> Posts { get; init; } = [];

    /// <summary>The items by score, best fifth first; empty: too few.</summary>
    public IReadOnlyList<ScoreFifth> Scores { get; init; } = [];

    public IReadOnlyList<StageTime> Stages { get; init; } = [];
    public IReadOnlyList<EncoderShare> Encoders { get; init; } = [];

    /// <summary>Why items ended without a Short, the most frequent first.</summary>
    public IReadOnlyList<EndReason> Ends { get; init; } = [];

    /// <summary>At most so many of the latest were looked at for stages, scores and ends.</summary>
    public int LookedAt { get; init; }
}

/// <param name="Name">For instance selected.</param>
/// <param name="Count">How many came so far.</param>
public sealed record FunnelStep(string Name, int Count);

/// <param name="From">First day, in UTC.</param>
/// <param name="Days">How many days it stands for.</param>
/// <param name="Count">Shorts published.</param>
public sealed record PostsOfTime(DateOnly From, int Days, int Count);

/// <param name="Least">Lowest score in it.</param>
/// <param name="Most">Highest score in it.</param>
/// <param name="Items">How many items.</param>
/// <param name="Published">How many of them were published.</param>
/// <param name="Ended">How many ended otherwise.</param>
public sealed record ScoreFifth(double Least, double Most, int Items, int Published, int Ended);

/// <param name="Stage">Which stage.</param>
/// <param name="Times">How often it was done.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="Most">95 of 100 took no longer.</param>
public sealed record StageTime(ItemState Stage, int Times, TimeSpan Median, TimeSpan Most);

/// <param name="Encoder">ffmpeg's name of it.</param>
/// <param name="Shorts">How many it made.</param>
/// <param name="Share">Of all Shorts made, 0–1.</param>
/// <param name="Speed">Seconds of Short for each second of work; null: not measured.</param>
public sealed record EncoderShare(string Encoder, int Shorts, double Share, double? Speed);

/// <param name="State">How they ended.</param>
/// <param name="Reason">Why, without its numbers.</param>
/// <param name="Items">How many.</param>
/// <param name="Latest">The latest of them.</param>
public sealed record EndReason(ItemState State, string Reason, int Items, ItemId Latest);
