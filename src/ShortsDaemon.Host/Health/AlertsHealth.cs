using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Does whoever should know of alerts hear of them?</summary>
internal sealed class AlertsHealth(
    IDbContextFactory<ShortsDb> databases,
    LiveOptions live,
    HealthPings pings,
    TimeProvider time
) : IHealthCheck
{
    // A single failure mends itself with the next try.
    private const int Worrying = 2;

    private static readonly TimeSpan TellGivenUp = TimeSpan.FromDays(7);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var names = live.Value.Receivers.Select(r => r.NameOrType).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var data = new Dictionary<string, object>
        {
            ["open"] = await db.Alerts.CountAsync(a => a.ResolvedAt == null, cancellationToken),
        };
        var troubles = new List<string>();
        foreach (var receiver in await db.AlertReceivers.AsNoTracking().ToListAsync(cancellationToken))
            if (names.Contains(receiver.Name))
                troubles.AddRange(await LookAsync(db, receiver, data, cancellationToken));
        if (pings.Trouble is { } lost)
            troubles.Add($"The latest health ping was lost: {lost.TrimEnd('.')}. Look at HealthPing.");
        if (troubles.Count > 0)
            return HealthCheckResult.Degraded(string.Join(" ", troubles), data: data);
        return HealthCheckResult.Healthy(
            names.Count == 0 ? "Nobody is told of alerts: add a receiver under Alerts" : "Every receiver could be told",
            data
        );
    }

    private async Task<List<string>> LookAsync(
        ShortsDb db,
        AlertReceiver receiver,
        Dictionary<string, object> data,
        CancellationToken cancel
    )
    {
        var since = time.GetUtcNow() - TellGivenUp;
        var mine = db.AlertDeliveries.Where(d => d.Receiver == receiver.Name);
        data[$"{receiver.Name}.waiting"] = await mine.CountAsync(d => d.State == DeliveryState.Waiting, cancel);
        if (receiver.LastToldAt is { } told)
            data[$"{receiver.Name}.lastToldUtc"] = told.UtcDateTime;
        List<string> troubles = [];
        if (receiver.Failures >= Worrying)
            troubles.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{receiver.Name} could not be told {receiver.Failures} times in a row: {receiver.LastError?.TrimEnd('.')}. It is tried again at {receiver.NotBefore:u}; to try now: ShortsDaemon alerts test."
                )
            );
        var lost = await mine.CountAsync(d => d.State == DeliveryState.GivenUp && d.FirstRaisedAt >= since, cancel);
        if (lost > 0)
            troubles.Add($"{receiver.Name} was never told of {lost} alerts: see ShortsDaemon alerts.");
        return troubles;
    }
}
