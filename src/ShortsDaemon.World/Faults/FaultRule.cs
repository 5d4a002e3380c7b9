namespace ShortsDaemon.World.Faults;

/// <summary>One rule of a fault script: at which calls what happens. The form is described in docs/rehearse.md.</summary>
/// <param name="Call">Operation, for instance twitch.clips; twitch.* for all that begin so, * for every call.</param>
/// <param name="Do">What happens, for instance "status 503" or "cut 1000".</param>
public sealed record FaultRule(string Call, string Do)
{
    /// <summary>As <see cref="Times"/>: for ever.</summary>
    public const int Always = int.MaxValue;

    /// <summary>The first call that it meets; counted from 1, from the moment the rule was added.</summary>
    public int From { get; init; } = 1;

    /// <summary>How many calls it meets.</summary>
    public int Times { get; init; } = 1;

    /// <summary>1: each call from <see cref="From"/> on; 3: each third one.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Only calls whose path and query contain this; others are not counted. Null: all.</summary>
    public string? Where { get; init; }

    /// <summary>Headers of the answer; for status and html only.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Body of the answer; for status and html only. Null: none, or the usual page.</summary>
    public string? Body { get; init; }

    internal bool Covers(string operation) =>
        Call.EndsWith('*')
            ? operation.StartsWith(Call[..^1], StringComparison.Ordinal)
            : string.Equals(operation, Call, StringComparison.Ordinal);

    internal bool Meets(string operation, string target) =>
        Covers(operation) && (Where is null || target.Contains(Where, StringComparison.Ordinal));

    /// <param name="number">Of the call among those that the rule could meet, from 1.</param>
    internal bool IsDue(int number) =>
        number >= From && (number - From) % Every == 0 && (number - From) / Every < Times;
}
