using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Tells alerts to whoever is to know. What has been told is in the database, so a restart neither loses nor repeats.</summary>
internal sealed class AlertDispatcher(
    IDbContextFactory<ShortsDb> databases,
    LiveOptions live,
    AlertChannels channels,
    TimeProvider time,
    ILogger<AlertDispatcher> log
) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private DateTimeOffset _prunedAt;

    /// <summary>One look at everything; each receiver by itself, so that a slow one holds up no other for long.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var receivers = live.Value.Receivers;
        await PruneAsync(cancel);
        await ForgetAsync([.. receivers.Select(r => r.NameOrType)], cancel);
        await Task.WhenAll(receivers.Select(receiver => ServeAsync(receiver, cancel)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await TryAsync(() => LookAsync(stoppingToken));
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ServeAsync(ReceiverOptions options, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var receiver = await new DeliveryBook(db, options, now).BringUpToDateAsync(cancel);
        var sent = await new Courier(db, options, receiver, channels, now).GoAsync(cancel);
        if (sent is { GivenUp: > 0 })
            log.LogError("{Receiver} was not told of {Count} alerts; they are given up", receiver.Name, sent.GivenUp);
        if (sent is { Trouble: null })
            log.LogInformation("{Receiver} was told: {What}", receiver.Name, sent.Notice.Title);
        else if (sent is not null)
            log.LogWarning(
                "{Receiver} could not be told ({Failures} times in a row), again at {When:u}: {Reason}",
                receiver.Name,
                receiver.Failures,
                receiver.NotBefore,
                sent.Trouble
            );
    }

    private async Task PruneAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now - _prunedAt < TimeSpan.FromDays(1))
            return;
        var old = now - AlertPace.Keep;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Alerts.Where(a => a.ResolvedAt < old).ExecuteDeleteAsync(cancel);
        _prunedAt = now;
    }

    // Nobody waits for what a receiver that has left the configuration was to be told.
    private async Task ForgetAsync(List<string> names, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var gone = db.AlertReceivers.Where(r => !names.Contains(r.Name));
        if (!await gone.AnyAsync(cancel))
            return;
        await db
            .AlertDeliveries.Where(d => d.State == DeliveryState.Waiting && !names.Contains(d.Receiver))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DeliveryState.NotNeeded), cancel);
        await gone.ExecuteDeleteAsync(cancel);
    }

    // A locked database or a full disk passes; nothing is lost, since nothing was written down as told.
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            log.LogError(
                "Alerts cannot be told now, again in {Interval}: {Reason}",
                Interval,
                e.GetBaseException().Message
            );
        }
    }
}
