namespace ShortsDaemon.Host.Jobs.Maintenance;

internal static class MaintenanceSetUp
{
    /// <summary>Every maintenance job has its line here.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services) =>
        services
            .AddSingleton<MaintenanceCatalog>()
            .AddSingleton<MaintenanceRuns>()
            .AddSingleton<IMaintenance, PruneJob>()
            .AddSingleton<IMaintenance, UpkeepJob>()
            .AddSingleton<IMaintenance, BackupJob>()
            .AddSingleton<IMaintenance, CanaryMaintenance>()
            .AddSingleton<IMaintenance, LoginMaintenance>();
}
