using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Looks from time to time whether something is wrong that nobody stumbles over by himself.</summary>
internal interface IAlertWatch
{
    /// <summary>Raises alerts and resolves them.</summary>
    Task LookAsync(CancellationToken cancel);
}

/// <summary>Has all of them look.</summary>
internal sealed class AlertWatches(IEnumerable<IAlertWatch> watches, TimeProvider time, ILogger<AlertWatches> log)
    : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var watch in watches)
                await LookAsync(watch, stoppingToken);
    }

    private async Task LookAsync(IAlertWatch watch, CancellationToken cancel)
    {
        try
        {
            await watch.LookAsync(cancel);
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            log.LogError(
                "{Watch} could not look, again in {Interval}: {Reason}",
                watch.GetType().Name,
                Interval,
                e.Message
            );
        }
    }
}
