using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Did the work that was done lately succeed? Having nothing to do is no trouble.</summary>
internal sealed class LastWorkHealth(IDbContextFactory<ShortsDb> databases, TimeProvider time) : IHealthCheck
{
    // One bad recording is no trouble of the daemon; several in a row are.
    private const int ItemsInARow = 3;

    // Keeps the question cheap however long the history is.
    private const int Latest = 200;

    private static readonly AttemptResult[] Telling =
    [
        AttemptResult.Advanced,
        AttemptResult.Rejected,
        AttemptResult.Retrying,
        AttemptResult.Failed,
    ];

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var attempts = await LatestAsync(cancellationToken);
        var data = new Dictionary<string, object>();
        var success = attempts.Find(attempt => attempt.Result == AttemptResult.Advanced);
        Add(data, "lastSuccess", success);
        Add(data, "lastFailure", attempts.Find(IsFailure));
        if (attempts.Find(IsFailure)?.Reason is { } reason)
            data["lastFailureReason"] = reason;
        var row = attempts.DistinctBy(attempt => attempt.Item).Take(ItemsInARow).ToList();
        if (row.Count == ItemsInARow && row.TrueForAll(IsFailure))
            return HealthCheckResult.Degraded(Explain(row), data: data);
        return HealthCheckResult.Healthy(
            success is null ? "Nothing has been done yet" : "The latest work succeeded",
            data
        );
    }

    /// <summary>Newest first; without those that say nothing about success: waiting, stepped back, interrupted.</summary>
    private async Task<List<Done>> LatestAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
            .Attempts.AsNoTracking()
            .Where(attempt =>
                Telling.Contains(attempt.Result) && attempt.ItemId != CanaryItem.Id && attempt.Stage != ItemState.Review
            )
            .OrderByDescending(attempt => attempt.Id)
            .Take(Latest)
            .Select(attempt => new Done(attempt.ItemId, attempt.Stage, attempt.EndedAt, attempt.Result, attempt.Reason))
            .ToListAsync(cancel);
    }

    private static bool IsFailure(Done attempt) => attempt.Result is AttemptResult.Failed or AttemptResult.Retrying;

    private void Add(Dictionary<string, object> data, string name, Done? attempt)
    {
        if (attempt is null)
            return;
        data[$"{name}Utc"] = attempt.EndedAt.UtcDateTime;
        data[$"{name}MinutesAgo"] = Math.Round(Math.Max(0, (time.GetUtcNow() - attempt.EndedAt).TotalMinutes), 1);
        data[$"{name}Stage"] = attempt.Stage.ToString();
    }

    private static string Explain(List<Done> row)
    {
        var reasons = row.Select(attempt => $"{attempt.Stage} of item {attempt.Item}: {attempt.Reason?.TrimEnd('.')}");
        return $"The latest {row.Count} items failed: {string.Join("; ", reasons)}. See explain {row[0].Item} and the log.";
    }

    private sealed record Done(
        ItemId Item,
        ItemState Stage,
        DateTimeOffset EndedAt,
        AttemptResult Result,
        string? Reason
    );
}
