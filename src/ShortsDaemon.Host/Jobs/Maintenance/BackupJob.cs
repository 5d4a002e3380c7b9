using System.Globalization;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>The backup of the night.</summary>
internal sealed class BackupJob(BackupMaker maker, TimeProvider time) : IMaintenance
{
    public string Name => "backup";

    public string ScheduleIn(ShortsOptions options) => options.Backup.Schedule;

    public async Task<string> RunAsync(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        try
        {
            return Say(await maker.MakeAsync(cancel), time.GetElapsedTime(began));
        }
        catch (BackupException e)
        {
            throw new MaintenanceException(e.Message, e);
        }
    }

    public static string Say(MadeBackup made, TimeSpan took)
    {
        var backup = made.Backup;
        var size = backup.SizeBytes / (1024.0 * 1024);
        var removed = made.Removed == 0 ? "" : $"; {made.Removed} old ones removed";
        var credentials = backup.HasCredentials ? ", credentials sealed in it" : ", without credentials";
        var warning = made.IsOnSameDisk
            ? " It lies on the same disk as the data: set Backup:Directory to another one."
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Made and verified '{backup.Folder}': {backup.Rows} rows, {size:0.0} MiB{credentials}, in {took.TotalSeconds:0.0} s{removed}.{warning}"
        );
    }
}
