using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Health;

/// <summary>Is the latest edit of the configuration in force?</summary>
internal sealed class ConfigurationHealth(LiveOptions live) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Look(live.Problems));

    private static HealthCheckResult Look(IReadOnlyList<ConfigurationProblem> problems)
    {
        var errors = problems.Where(problem => problem.IsError).ToList();
        var data = problems
            .GroupBy(problem => problem.Key)
            .ToDictionary(
                key => key.Key,
                object (key) => string.Join(" ", key.Select(problem => $"{problem.What}. {problem.Mend}"))
            );
        data["errors"] = errors.Count;
        data["warnings"] = problems.Count - errors.Count;
        return errors.Count > 0
            ? HealthCheckResult.Degraded(
                $"The latest edit is refused and the last good configuration stays in force: {string.Join(" ", errors)}",
                data: data
            )
            : HealthCheckResult.Healthy(
                problems.Count > 0 ? $"In force, with warnings: {string.Join(" ", problems)}" : "In force",
                data
            );
    }
}
