using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Metrics;

/// <summary>The backups on their shelf.</summary>
internal sealed class BackupGauges(LiveOptions live, TimeProvider time) : IGauges
{
    private static readonly Gauge Count = new("shortsdaemon_backups", "Backups that are whole at a first look");

    private static readonly Gauge Age = new(
        "shortsdaemon_backup_age_seconds",
        "Age of the latest good backup; left out while there is none"
    );

    private static readonly Gauge Size = new(
        "shortsdaemon_backup_size_bytes",
        "Size of the latest good backup; left out while there is none"
    );

    public string Subject => "backups";
    public IReadOnlyList<Gauge> All { get; } = [Count, Age, Size];

    public Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel)
    {
        var good = BackupShelf.List(live.Value.Backup.Directory).Where(backup => backup.Problem is null).ToList();
        List<Reading> readings = [Count.Of(good.Count)];
        if (good is [{ Manifest.MadeAt: var madeAt } latest, ..])
        {
            readings.Add(Age.Of(Math.Max(0, (time.GetUtcNow() - madeAt).TotalSeconds)));
            readings.Add(Size.Of(latest.SizeBytes));
        }
        return Task.FromResult<IReadOnlyList<Reading>>(readings);
    }
}
