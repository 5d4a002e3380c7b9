using System.Diagnostics.CodeAnalysis;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>What came of reading the configuration.</summary>
/// <param name="Options">Null when there is at least one error.</param>
/// <param name="Problems">Errors and warnings, in the order of the keys.</param>
/// <param name="Draft">As much as could be read, errors and all, to look around with; null when a file is broken.</param>
public sealed record OptionsReading(
    ShortsOptions? Options,
    IReadOnlyList<ConfigurationProblem> Problems,
    ShortsOptions? Draft = null
)
{
    /// <summary>What was read; null when a file is broken.</summary>
    public LayeredConfiguration? Layers { get; init; }

    [MemberNotNullWhen(true, nameof(Options))]
    public bool IsGood => Options is not null;

    public static OptionsReading Of(ShortsOptions options, IReadOnlyList<ConfigurationProblem> problems) =>
        new(problems.Any(problem => problem.IsError) ? null : options, problems, options);
}
