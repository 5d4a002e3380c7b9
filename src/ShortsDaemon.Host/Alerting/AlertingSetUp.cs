namespace ShortsDaemon.Host.Alerting;

internal static class AlertingSetUp
{
    /// <summary>What commands need, too; the ways to tell have their lines in PlugIns.</summary>
    public static IServiceCollection AddAlertChannels(this IServiceCollection services) =>
        services.AddSingleton<AlertHttp>().AddSingleton<AlertChannels>().AddSingleton<HealthPings>();

    /// <summary>What only the daemon does. Needs health among the services.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services)
    {
        services.AddSingleton<IAlertWatch, ConfigurationWatch>().AddSingleton<IAlertWatch, RunWatch>();
        services.AddHostedService<AlertWatches>().AddHostedService<AlertDispatcher>();
        return services.AddHostedService(s => s.GetRequiredService<HealthPings>()).AddHostedService<Heartbeat>();
    }
}
