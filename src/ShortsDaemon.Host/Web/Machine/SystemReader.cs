using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>Puts together what the System page shows.</summary>
internal sealed class SystemReader(
    Standing standing,
    RecentHealth health,
    DiskLines disks,
    DataFolder data,
    DaemonStart start,
    TimeProvider time
)
{
    private const int LatestDeeds = 50;

    public async Task<SystemReading> ReadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return new SystemReading(now, start.At)
        {
            Checks = await ChecksAsync(cancel),
            Alerts = await standing.AlertsAsync(now, cancel),
            Jobs = await standing.JobsAsync(cancel),
            Breakers = await standing.BreakersAsync(cancel),
            Holds = await standing.HoldsAsync(cancel),
            Disks = disks.Read(),
            Audit = await standing.AuditAsync(before: null, LatestDeeds, cancel),
            Log = await LogEnd.ReadAsync(data.Logs, cancel),
        };
    }

    // The worst first; among equals in the order of the health page.
    private async Task<IReadOnlyList<CheckLine>> ChecksAsync(CancellationToken cancel)
    {
        var report = await health.ReadAsync().WaitAsync(cancel);
        return
        [
            .. report
                .Entries.OrderBy(check => check.Value.Status)
                .Select(check => new CheckLine(
                    check.Key,
                    check.Value.Status,
                    SecretFree.Text(check.Value.Description ?? check.Value.Exception?.Message) ?? ""
                )),
        ];
    }
}
