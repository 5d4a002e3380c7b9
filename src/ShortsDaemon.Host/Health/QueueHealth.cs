using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Does the queue move?</summary>
internal sealed class QueueHealth(IDbContextFactory<ShortsDb> databases, LiveOptions live, TimeProvider time)
    : IHealthCheck
{
    // With the pauses that grow, somebody should look after this many.
    private const int ManyWaits = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var items = db
            .Items.AsNoTracking()
            .Where(item => ItemStates.Working.Contains(item.State) && item.Id != CanaryItem.Id);
        var now = time.GetUtcNow();
        var data = await CountAsync(items, cancellationToken);
        // Those of a channel that is off stand still on purpose.
        var channels = live.Value.Channels.Where(channel => channel.Value.Enabled).Select(c => c.Key).ToList();
        var moving = items.Where(item => channels.Contains(item.Channel));
        string?[] findings =
        [
            await LookAtReadyAsync(moving, now, data, cancellationToken),
            await LookAtWaitingAsync(moving, now, data, cancellationToken),
        ];
        var troubles = findings.OfType<string>().ToList();
        return troubles.Count > 0
            ? HealthCheckResult.Degraded(string.Join(" ", troubles), data: data)
            : HealthCheckResult.Healthy("The queue moves", data);
    }

    private static async Task<Dictionary<string, object>> CountAsync(IQueryable<Item> items, CancellationToken cancel)
    {
        var counts = await items
            .GroupBy(item => item.State)
            .Select(same => new { State = same.Key, Count = same.Count() })
            .ToDictionaryAsync(same => same.State, same => same.Count, cancel);
        return ItemStates.Working.ToDictionary(
            state => $"{JsonNamingPolicy.CamelCase.ConvertName(state.ToString())}Items",
            object (state) => counts.GetValueOrDefault(state)
        );
    }

    /// <summary>An item that was told to wait could work again from then on.</summary>
    private async Task<string?> LookAtReadyAsync(
        IQueryable<Item> items,
        DateTimeOffset now,
        Dictionary<string, object> data,
        CancellationToken cancel
    )
    {
        var oldest = await items
            .Where(item => item.NotBefore == null || item.NotBefore <= now)
            .Select(item => new
            {
                item.Id,
                item.State,
                Since = item.NotBefore ?? item.ChangedAt,
            })
            .OrderBy(item => item.Since)
            .FirstOrDefaultAsync(cancel);
        if (oldest is null)
            return null;
        var minutes = Math.Max(0, (now - oldest.Since).TotalMinutes);
        data["oldestReadyMinutes"] = Math.Round(minutes, 1);
        return minutes <= live.Value.Health.QueueAgeMinutes
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Item {oldest.Id} could do its {oldest.State} for {minutes:0} min and has not. When others are under way it is just much work (Encoding:Lanes); otherwise read the log and restart."
            );
    }

    private async Task<string?> LookAtWaitingAsync(
        IQueryable<Item> items,
        DateTimeOffset now,
        Dictionary<string, object> data,
        CancellationToken cancel
    )
    {
        var waiting = items.Where(item => item.NotBefore > now);
        var count = await waiting.CountAsync(cancel);
        data["waitingItems"] = count;
        if (count == 0)
            return null;
        var reason = await MostCommonAsync(waiting, cancel);
        data["waitingReason"] = reason;
        // A dry run lets everything wait before it is published: that is no trouble.
        if (live.Value.Daemon.DryRun)
            return null;
        var stuck = waiting.Where(item => item.Waits >= ManyWaits);
        var many = await stuck.CountAsync(cancel);
        return many == 0
            ? null
            : $"{many} items wait again and again for something around them: {(await MostCommonAsync(stuck, cancel)).TrimEnd('.')}. They go on by themselves once that is mended.";
    }

    private static async Task<string> MostCommonAsync(IQueryable<Item> items, CancellationToken cancel) =>
        await items
            .GroupBy(item => item.Reason)
            .OrderByDescending(same => same.Count())
            .Select(same => same.Key)
            .FirstOrDefaultAsync(cancel)
        ?? "no reason was written down";
}
