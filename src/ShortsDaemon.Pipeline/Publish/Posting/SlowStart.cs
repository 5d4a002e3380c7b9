namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>How many Shorts a destination may get on a day: few while it is fresh, later the configured number.</summary>
/// <param name="Options">MaxPerDay and SlowStartDays.</param>
/// <param name="First">Day of its first Short; null: it has none yet.</param>
internal sealed record SlowStart(PostingOptions Options, DateOnly? First)
{
    public long Most(DateOnly day)
    {
        var most = Options.MaxPerDay > 0 ? Options.MaxPerDay : long.MaxValue;
        var age = First is { } first ? Math.Max(0, day.DayNumber - first.DayNumber) : 0;
        if (age >= Options.SlowStartDays)
            return most;
        // Without a cap there is nothing to reach: one more each day.
        return Options.MaxPerDay > 0 ? 1 + (most - 1) * age / Options.SlowStartDays : 1 + age;
    }
}
