using System.Globalization;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Retention;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Clears away what nobody needs any more.</summary>
internal sealed class PruneJob(Prune prune) : IMaintenance
{
    public const string JobName = "prune";

    private const double MiB = 1024 * 1024;
    private const int MostTold = 5;

    public string Name => JobName;

    public string ScheduleIn(ShortsOptions options) => options.Retention.Schedule;

    public async Task<string> RunAsync(CancellationToken cancel)
    {
        var pruned = await prune.RunAsync(cancel);
        var told = Tell(pruned.Removed);
        if (pruned.Problems.Count == 0)
            return told;
        var more = pruned.Problems.Count > MostTold ? $" And {pruned.Problems.Count - MostTold} more." : "";
        throw new MaintenanceException(
            $"{string.Join(" ", pruned.Problems.Take(MostTold))}{more} Give the daemon's user the right to remove them. Otherwise: {told}."
        );
    }

    /// <summary>What went, by kind.</summary>
    public static string Tell(IReadOnlyCollection<Leftover> removed)
    {
        if (removed.Count == 0)
            return "there was nothing to remove";
        var kinds = removed
            .GroupBy(leftover => leftover.Kind)
            .Select(kind => $"{kind.Sum(l => l.Count).ToString("N0", CultureInfo.InvariantCulture)} of {kind.Key}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"removed {string.Join(", ", kinds)}; {removed.Sum(l => l.SizeBytes) / MiB:0.0} MiB of files"
        );
    }
}
