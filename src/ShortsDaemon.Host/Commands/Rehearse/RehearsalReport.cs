using System.Globalization;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>What came of a rehearsal, from the daemon's database and from what the platforms saw. The two must agree.</summary>
internal sealed record RehearsalReport
{
    /// <summary>Wall time in s.</summary>
    public double Seconds { get; init; }
    public int Kills { get; init; }

    /// <summary>Clips that were found.</summary>
    public int Found { get; init; }

    /// <summary>Shorts that passed the gate.</summary>
    public int Made { get; init; }

    /// <summary>Videos on the platforms.</summary>
    public int Published { get; init; }

    /// <summary>Videos that should not be there: a Short that is on a channel more than once.</summary>
    public int Duplicates { get; init; }

    /// <summary>Publications that the daemon believes in and the platform does not have.</summary>
    public int Lost { get; init; }

    /// <summary>Videos on the platforms of which the daemon does not know.</summary>
    public int Unknown { get; init; }

    /// <summary>Shorts that are made and wait for their slot.</summary>
    public int Waiting { get; init; }
    public required IReadOnlyDictionary<ItemState, int> States { get; init; }

    /// <summary>Scheduled times by what became of them.</summary>
    public required IReadOnlyDictionary<FireOutcome, int> Fires { get; init; }

    /// <summary>Scheduled times that passed for a cause nobody knows.</summary>
    public int UnexplainedFires { get; init; }

    /// <summary>Posting slots that passed by more than 2 minutes before the Short was on its platform.</summary>
    public int LateSlots { get; init; }
    public required IReadOnlyList<QuotaDay> Quota { get; init; }
    public required IReadOnlyList<Alert> Alerts { get; init; }
    public required IReadOnlyList<StageTime> Stages { get; init; }

    /// <summary>Requests that the platforms answered, by status class, for instance 2xx.</summary>
    public required IReadOnlyDictionary<string, int> Answers { get; init; }

    public bool IsClean => Published > 0 && Duplicates == 0 && Lost == 0 && Unknown == 0 && UnexplainedFires == 0;

    public IEnumerable<string> Lines()
    {
        yield return $"Rehearsed {Seconds.ToString("0", CultureInfo.InvariantCulture)} s{(Kills > 0 ? $", killed {Kills} times" : "")}";
        yield return $"clips found        {Found}";
        yield return $"Shorts made        {Made}";
        yield return $"published          {Published}{(Waiting > 0 ? $", {Waiting} wait for their slot" : "")}";
        yield return $"duplicates         {Duplicates}";
        yield return $"lost               {Lost}";
        yield return $"unknown to us      {Unknown}";
        yield return $"items              {List(States, s => s.ToString())}";
        yield return $"scheduled times    {List(Fires, f => f.ToString())}{(UnexplainedFires > 0 ? $"; {UnexplainedFires} unexplained" : "")}";
        yield return $"missed slots       {LateSlots}";
        foreach (var quota in Quota)
            yield return $"quota              {quota.Project} {quota.Bucket} on {quota.Day:yyyy-MM-dd}: {quota.Spent} spent"
                + (quota.LearnedCap is { } cap ? $", refused at {cap}" : "");
        yield return $"answers            {List(Answers, a => a)}";
        foreach (var alert in Alerts)
            yield return $"alert              {alert.Level} {alert.Rule} {alert.Subject}: {alert.Message}{(alert.ResolvedAt is null ? "" : " (well again)")}";
        if (Alerts.Count == 0)
            yield return "alerts             none";
        foreach (var stage in Stages)
            yield return FormattableString.Invariant(
                $"{stage.Stage, -18} {stage.Count} times, median {stage.MedianSeconds:0.0} s, longest {stage.LongestSeconds:0.0} s"
            );
        yield return IsClean ? "Clean." : "NOT clean: see above.";
    }

    private static string List<T>(IReadOnlyDictionary<T, int> counts, Func<T, string> name)
        where T : notnull =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(c => $"{c.Value} {name(c.Key)}"));
}

/// <param name="Stage">Which stage.</param>
/// <param name="Count">Tries that came to an end.</param>
/// <param name="MedianSeconds">In s.</param>
/// <param name="LongestSeconds">In s.</param>
internal sealed record StageTime(ItemState Stage, int Count, double MedianSeconds, double LongestSeconds);
