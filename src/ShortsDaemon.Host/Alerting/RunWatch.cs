using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;
using Flow = ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Channels whose runs fail again and again, or do not come any more.</summary>
internal sealed class RunWatch(
    LiveOptions live,
    IDbContextFactory<ShortsDb> databases,
    Flow.Alerts alerts,
    TimeProvider time
) : IAlertWatch
{
    public const string FailedRule = Flow.AlertRules.RunFailed;
    public const string MissingRule = Flow.AlertRules.NoSuccessfulRun;

    /// <summary>Runs in a row that have to fail.</summary>
    public const int InARow = 3;

    /// <summary>So long the second time that was due since the last good run has to be past.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    // A daemon that was down, or a channel that was off or paused, gets its time first.
    private readonly Dictionary<string, DateTimeOffset> _seenSince = new(StringComparer.OrdinalIgnoreCase);

    public async Task LookAsync(CancellationToken cancel)
    {
        var paused = await PausedAsync(cancel);
        var channels = live.Value.Channels.Where(c => c.Value.Enabled && !paused.ContainsKey(c.Key)).ToDictionary();
        foreach (var gone in _seenSince.Keys.Except(channels.Keys, StringComparer.OrdinalIgnoreCase).ToList())
            _seenSince.Remove(gone);
        foreach (var (name, channel) in channels)
        {
            _seenSince.TryAdd(name, time.GetUtcNow());
            await LookAsync(name, channel, cancel);
        }
        await ResolveOthersAsync([.. channels.Keys], cancel);
    }

    private async Task LookAsync(string name, ChannelOptions channel, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var runs = db.Runs.AsNoTracking().Where(r => r.Channel == name).OrderByDescending(r => r.Id);
        await TellFailuresAsync(name, await runs.Take(InARow).ToListAsync(cancel), cancel);
        var good = await runs.Where(r => r.Problem == null)
            .Select(r => (DateTimeOffset?)r.StartedAt)
            .FirstOrDefaultAsync(cancel);
        await TellSilenceAsync(name, channel, good, cancel);
    }

    private async Task TellFailuresAsync(string name, List<Run> latest, CancellationToken cancel)
    {
        if (latest.Count == InARow && latest.TrueForAll(run => run.Problem is not null))
            await alerts.RaiseAsync(
                FailedRule,
                name,
                AlertLevel.Warning,
                $"The channel {name} could not look everywhere for clips, {InARow} times in a row: {latest[0].Problem}",
                cancel
            );
        else if (latest is [{ Problem: null }, ..])
            await alerts.ResolveAsync(FailedRule, name, cancel);
    }

    private async Task TellSilenceAsync(
        string name,
        ChannelOptions channel,
        DateTimeOffset? good,
        CancellationToken cancel
    )
    {
        var since = _seenSince[name];
        if (SecondDueAfter(channel, good > since ? good.Value : since) + Grace <= time.GetUtcNow())
            await alerts.RaiseAsync(MissingRule, name, AlertLevel.Critical, Silence(name, good), cancel);
        else if (good >= since || channel.Schedule.Count == 0)
            await alerts.ResolveAsync(MissingRule, name, cancel);
    }

    private static string Silence(string name, DateTimeOffset? good)
    {
        var last = good is { } at
            ? $"since {at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}"
            : "ever";
        return $"The channel {name} has had no good run {last}, though its schedule came due twice or more. "
            + $"See: ShortsDaemon fires --channel {name}, the health page, and the log.";
    }

    /// <returns>Null: its schedule does not come so often any more.</returns>
    private static DateTimeOffset? SecondDueAfter(ChannelOptions channel, DateTimeOffset after)
    {
        var zone = TimeZones.FindById(channel.TimeZone);
        var due = channel
            .Schedule.Select(s => CronExpression.Parse(s.Cron).WithTimeZone(zone))
            .SelectMany(cron => FirstTwo(cron, after))
            .Distinct()
            .Order()
            .Take(2)
            .ToList();
        return due.Count == 2 ? due[1] : null;
    }

    private static IEnumerable<DateTimeOffset> FirstTwo(CronExpression cron, DateTimeOffset after)
    {
        if (cron.GetNextValidTimeAfter(after) is not { } first)
            yield break;
        yield return first;
        if (cron.GetNextValidTimeAfter(first) is { } second)
            yield return second;
    }

    private async Task<IReadOnlyDictionary<string, Hold>> PausedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Flow.ChannelPause.AllAsync(db, time.GetUtcNow(), cancel);
    }

    // Of a channel that is off, paused or gone nothing is expected.
    private async Task ResolveOthersAsync(List<string> names, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var others = await db
            .Alerts.AsNoTracking()
            .Where(a => a.ResolvedAt == null && (a.Rule == FailedRule || a.Rule == MissingRule))
            .Where(a => !names.Contains(a.Subject))
            .ToListAsync(cancel);
        foreach (var alert in others)
            await alerts.ResolveAsync(alert.Rule, alert.Subject, cancel);
    }
}
