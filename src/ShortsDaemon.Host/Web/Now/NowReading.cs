using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Now;

/// <summary>What the first page shows.</summary>
public sealed record NowReading(DateTimeOffset At)
{
    public required HealthLine Health { get; init; }

    /// <summary>ffmpeg's name of the encoder that Shorts are made with; null: none is chosen yet.</summary>
    public string? Encoder { get; init; }

    public IReadOnlyList<StageUnderWay> Running { get; init; } = [];
    public IReadOnlyList<QueueLine> Queue { get; init; } = [];
    public IReadOnlyList<NextFire> Next { get; init; } = [];

    /// <summary>The 24 hours that end with the present one, oldest first.</summary>
    public IReadOnlyList<FireHour> Day { get; init; } = [];
}

/// <param name="Status">The worst that any check says.</param>
/// <param name="Reason">What those checks say; empty when all is well.</param>
public sealed record HealthLine(HealthStatus Status, string Reason);

/// <param name="Stage">What comes next for them.</param>
/// <param name="Ready">How many could begin at once.</param>
/// <param name="Waiting">How many wait for a time or for something around them.</param>
/// <param name="Oldest">Since when the oldest that could begin stands there; null: none could.</param>
public sealed record QueueLine(ItemState Stage, int Ready, int Waiting, DateTimeOffset? Oldest);

/// <param name="Channel">Whose schedule.</param>
/// <param name="Cron">The schedule.</param>
/// <param name="At">When, by the clock of the channel.</param>
public sealed record NextFire(string Channel, string Cron, DateTimeOffset At);

/// <summary>The times of all schedules within one hour.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Kept">Fired in time.</param>
/// <param name="Late">Fired later, or merged into a later run.</param>
/// <param name="Missed">Not fired at all.</param>
public sealed record FireHour(DateTimeOffset From, int Kept, int Late, int Missed)
{
    public static FireHour Of(DateTimeOffset from, IReadOnlyCollection<FireSlot> slots) =>
        new(
            from,
            slots.Count(slot => slot.Outcome == FireOutcome.Ran),
            slots.Count(slot => slot.Outcome is FireOutcome.Late or FireOutcome.Merged),
            slots.Count(slot => slot.Outcome == FireOutcome.Missed)
        );
}
