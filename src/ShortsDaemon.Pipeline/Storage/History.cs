using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>A channel that has ever been configured.</summary>
public sealed class Channel
{
    public required string Name { get; set; }
    public DateTimeOffset FirstSeenAt { get; set; }
}

/// <summary>One Discover-and-Select of a channel.</summary>
public sealed class Run
{
    public long Id { get; set; }
    public required string Channel { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset EndedAt { get; set; }

    /// <summary>New items.</summary>
    public int Found { get; set; }

    /// <summary>Items sent on their way. So many it wants to bring to a good end: those that end badly are replaced.</summary>
    public int Selected { get; set; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Problem { get; set; }
}

/// <summary>One try of one stage.</summary>
public sealed class Attempt
{
    public long Id { get; set; }
    public ItemId ItemId { get; set; }
    public ItemState Stage { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset EndedAt { get; set; }
    public AttemptResult Result { get; set; }
    public string? Reason { get; set; }
}

public enum AttemptResult
{
    Advanced,
    Rejected,
    Waiting,
    Retrying,
    SteppedBack,
    Failed,

    /// <summary>The daemon was asked to stop.</summary>
    Interrupted,
}

/// <summary>Why a candidate was taken or not.</summary>
public sealed class Decision
{
    public long Id { get; set; }
    public ItemId ItemId { get; set; }
    public DateTimeOffset At { get; set; }
    public Verdict Verdict { get; set; }
    public double Score { get; set; }

    /// <summary>The rule that decided, for instance MaximumLengthRule.</summary>
    public required string Rule { get; set; }
    public required string Reason { get; set; }
    public List<Feature> Features { get; set; } = [];
}

public enum Verdict
{
    Selected,

    /// <summary>Stays a candidate.</summary>
    Deferred,
    Rejected,
    Expired,
}

/// <summary>One number of a score.</summary>
/// <param name="Name">For instance Freshness.</param>
/// <param name="Value">The measured value.</param>
/// <param name="Unit">Its unit: h, s, px.</param>
/// <param name="Points">The value mapped to 0–1.</param>
/// <param name="Weight">What it counts.</param>
public sealed record Feature(string Name, double Value, string Unit, double Points, double Weight);
