using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Looks after the database in the quiet hours.</summary>
internal sealed class UpkeepJob(DatabaseUpkeep upkeep, DatabaseDamage damage) : IMaintenance
{
    public string Name => "upkeep";

    public string ScheduleIn(ShortsOptions options) => options.Storage.UpkeepSchedule;

    public async Task<string> RunAsync(CancellationToken cancel)
    {
        try
        {
            var done = await upkeep.RunAsync(cancel);
            await damage.ClearAsync(cancel);
            return done;
        }
        catch (DatabaseUnusableException e)
        {
            await damage.FoundAsync(e.Message, cancel);
            throw new MaintenanceException(e.Message, e);
        }
    }
}
