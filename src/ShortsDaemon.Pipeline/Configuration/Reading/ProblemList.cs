namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Collects what is wrong, so that the owner mends everything in one go.</summary>
internal sealed class ProblemList
{
    private readonly List<ConfigurationProblem> _problems = [];

    public void Error(string key, string what, string mend) => _problems.Add(new(key, what, mend));

    public void Warning(string key, string what, string mend) => _problems.Add(new(key, what, mend, IsError: false));

    /// <summary>One wrong value is reported once: the later checks leave it alone.</summary>
    public bool Has(string key) =>
        _problems.Any(problem => string.Equals(problem.Key, key, StringComparison.OrdinalIgnoreCase));

    public bool HasUnder(string key) =>
        _problems.Any(problem => problem.IsError && problem.Key.StartsWith(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Errors first, so that a warning never hides what keeps the daemon from starting.</summary>
    public IReadOnlyList<ConfigurationProblem> InOrder() =>
        [.. _problems.OrderByDescending(problem => problem.IsError)];
}
