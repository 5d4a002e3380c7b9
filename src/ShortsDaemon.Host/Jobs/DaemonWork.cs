using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Takes up the work at start and keeps schedules and watched folders in line with configuration and clock.</summary>
internal sealed class DaemonWork(
    LiveOptions live,
    DataFolder data,
    WorkSweep sweep,
    CanaryCage canary,
    ChannelRun run,
    ReviewRelease review,
    ItemQueue queue,
    ISchedulerFactory schedulers,
    ChannelSchedules schedules,
    FolderWatch folders,
    ClockWatch clock,
    FireLedger fires,
    ChannelLooks looks,
    MaintenanceSchedules maintenance,
    EncoderSelection encoders,
    TimeProvider time,
    ILogger<DaemonWork> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettleInterval = TimeSpan.FromMinutes(1);

    // One reader, so that two changes never work on the schedules at once.
    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>();

    private enum Change
    {
        Edited,
        ClockSetBack,
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        live.Changed += _ => _changes.Writer.TryWrite(Change.Edited);
        await InsistAsync(StopOrphansAsync, stoppingToken);
        await ReportEncoderAsync(stoppingToken);
        await InsistAsync(ResumeAsync, stoppingToken);
        await InsistAsync(ApplyAsync, stoppingToken);
        await InsistAsync(CatchUpAsync, stoppingToken);
        // What only the start needed goes back to the system.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var first = await Task.WhenAny(
            folders.RunAsync(stoppingToken),
            clock.RunAsync(() => _changes.Writer.TryWrite(Change.ClockSetBack), stoppingToken),
            SettleAsync(stoppingToken),
            FollowAsync(stoppingToken)
        );
        await first;
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(cancel))
        {
            var setBack = change == Change.ClockSetBack;
            await InsistAsync(setBack ? RenewAsync : ApplyAsync, cancel);
            await InsistAsync(token => queue.WakeAsync(retriesToo: setBack, token), cancel);
        }
    }

    // A locked database or a full disk passes; giving up here would leave a daemon that does nothing.
    private async Task InsistAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await work(cancel);
                return;
            }
            catch (Exception e) when (MayPass(e))
            {
                log.LogError(
                    "The work cannot be taken up now, again in {Pause}: {Reason}",
                    Pause,
                    e.GetBaseException().Message
                );
            }
            await Task.Delay(Pause, time, cancel);
        }
    }

    private static bool MayPass(Exception e) =>
        e
            is SqliteException
                or DbUpdateException
                or IOException
                or UnauthorizedAccessException
                or SchedulerException
                or ProcessFailedException;

    private async Task StopOrphansAsync(CancellationToken cancel)
    {
        var orphans = await OrphanedProcesses.StopAllAsync(data.Root, time, cancel);
        if (orphans > 0)
            log.LogWarning("Stopped {Count} programs that a killed daemon had left running", orphans);
    }

    private async Task ResumeAsync(CancellationToken cancel)
    {
        // Of a killed daemon; nobody waits for it any more.
        await canary.ClearAsync(cancel);
        await sweep.RunAsync(cancel);
        await run.TopUpAllAsync(cancel);
        await review.RunAsync(cancel);
        var resumed = await queue.ResumeAsync(cancel);
        if (resumed > 0)
            log.LogInformation("{Count} items go on where they stood", resumed);
    }

    private async Task ReportEncoderAsync(CancellationToken cancel)
    {
        try
        {
            var encoder = await encoders.ChooseAsync(cancel);
            log.LogInformation("Shorts are encoded by {Encoder}", encoder.Name);
        }
        catch (Exception e) when (e is NoEncoderException || MayPass(e))
        {
            log.LogError("No Short can be made yet: {Reason}", e.Message);
        }
    }

    private async Task ApplyAsync(CancellationToken cancel)
    {
        await fires.FollowAsync(live.Value, cancel);
        await schedules.ApplyAsync(live.Value, cancel);
        await maintenance.ApplyAsync(live.Value, cancel);
        folders.Watch(live.Value);
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        await fires.RewindAsync(cancel);
        await schedules.RenewAsync(live.Value, cancel);
        await maintenance.RenewAsync(live.Value, cancel);
        await (await schedulers.GetScheduler(cancel)).RenewAsync(time, cancel);
    }

    private async Task CatchUpAsync(CancellationToken cancel)
    {
        await maintenance.CatchUpAsync(live.Value, cancel);
        await fires.CatchUpAsync(
            live.Value,
            (channel, token) => looks.LookAsync(channel, TimeSpan.Zero, token),
            cancel
        );
    }

    private async Task SettleAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(SettleInterval, time, cancel);
            await InsistAsync(token => fires.SettleAsync(live.Value, token), cancel);
        }
    }
}
