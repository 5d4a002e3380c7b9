using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Health;

/// <summary>Is there a backup as young as its schedule promises?</summary>
internal sealed class BackupHealth(LiveOptions live, DaemonStart start, TimeProvider time) : IHealthCheck
{
    private const int MostMissed = 2;
    private const double MiB = 1024 * 1024;

    // One takes its time, and what was missed while the daemon was down is made up for soon after the start.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Look(live.Value.Backup));

    private HealthCheckResult Look(BackupOptions options)
    {
        var backups = BackupShelf.List(options.Directory);
        var latest = backups.FirstOrDefault(backup => backup.Problem is null);
        var data = Data(options, backups.Count, latest);
        if (options.Schedule.Length == 0)
            return HealthCheckResult.Healthy("Only by hand (Backup:Schedule)", data);
        if (HasMissed(options.Schedule, latest))
            return HealthCheckResult.Degraded(Say(options, latest), data: data);
        return HealthCheckResult.Healthy(
            latest is null ? "The first one is made when its time comes" : "There is a young one",
            data
        );
    }

    private bool HasMissed(string cron, Backup? latest)
    {
        var until = time.GetUtcNow() - Patience;
        return start.At <= until
            && FireTimes.Between(cron, TimeZoneInfo.Local, latest?.Manifest!.MadeAt ?? start.At, until).Count
                >= MostMissed;
    }

    private string Say(BackupOptions options, Backup? latest)
    {
        var what = latest is null
            ? $"There is no good backup in '{options.Directory}'"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The latest good backup '{latest.Folder}' is {AgeOf(latest).TotalHours:0} h old"
            );
        return $"{what}, although {MostMissed} were due since. To make one, or to see why not: ShortsDaemon job backup";
    }

    private Dictionary<string, object> Data(BackupOptions options, int count, Backup? latest)
    {
        var data = new Dictionary<string, object> { ["folder"] = options.Directory, ["backups"] = count };
        if (latest is null)
            return data;
        data["latestUtc"] = latest.Manifest!.MadeAt.UtcDateTime;
        data["latestAgeHours"] = Math.Round(AgeOf(latest).TotalHours, 1);
        data["latestMiB"] = Math.Round(latest.SizeBytes / MiB, 1);
        return data;
    }

    private TimeSpan AgeOf(Backup backup) => time.GetUtcNow() - backup.Manifest!.MadeAt;
}
