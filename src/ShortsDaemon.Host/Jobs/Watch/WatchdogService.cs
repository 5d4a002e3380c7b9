namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>Lets the watchdog look from the end of the start to the beginning of the stop.</summary>
internal sealed class WatchdogService(Watchdog watchdog, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(watchdog.Start);
        lifetime.ApplicationStopping.Register(watchdog.Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
