namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>Finds the next free slot of one destination. Knows nothing but what it is given.</summary>
/// <param name="Hours">When anything may appear.</param>
/// <param name="Spacing">Least time between two.</param>
/// <param name="Limits">Caps by day.</param>
/// <param name="Taken">When something has appeared or will.</param>
internal sealed record PostingPlan(
    PostingHours Hours,
    TimeSpan Spacing,
    IReadOnlyList<DailyLimit> Limits,
    IReadOnlyCollection<DateTimeOffset> Taken
)
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(366);

    /// <returns>The first time from then on that breaks no rule; null: none within a year.</returns>
    public DateTimeOffset? NextFrom(DateTimeOffset earliest)
    {
        for (var at = earliest; at < earliest + Horizon; )
        {
            if (Hours.NextOpen(at) is not { } open)
                return null;
            var later = Limits.Select(limit => limit.NotBefore(open)).Append(Spaced(open)).Max();
            if (later <= at)
                return at;
            at = later;
        }
        return null;
    }

    /// <returns>The slots that the next Shorts would get, one after the other; fewer when a year has not so many.</returns>
    public IReadOnlyList<DateTimeOffset> NextFrom(DateTimeOffset earliest, int count)
    {
        var (plan, slots) = (this, new List<DateTimeOffset>());
        while (slots.Count < count && plan.NextFrom(earliest) is { } slot)
        {
            slots.Add(slot);
            plan = plan with { Limits = [.. plan.Limits.Select(l => l.With(slot))], Taken = [.. plan.Taken, slot] };
        }
        return slots;
    }

    private DateTimeOffset Spaced(DateTimeOffset at) =>
        Taken.Where(taken => (taken - at).Duration() < Spacing).Select(taken => taken + Spacing).Append(at).Max();
}
