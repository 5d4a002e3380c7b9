namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>How often the watchdog looks, and how patient it is. In awake time.</summary>
internal sealed record WatchPace
{
    /// <summary>Between two looks.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two pulses that the scheduler is asked for.</summary>
    public TimeSpan Pulse { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without a pulse for so long the scheduler is stuck. A busy little box may well take a minute.</summary>
    public TimeSpan Stuck { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What a hung run gets after each step: to unwind, to lose its programs.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);
}
