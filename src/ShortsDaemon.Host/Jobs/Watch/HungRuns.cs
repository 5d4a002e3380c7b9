using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>What is done to a run that stands still. Nothing of it waits: the watchdog must not stand still, too.</summary>
internal sealed class HungRuns(Alerts alerts, StageRunner stages, DataFolder data, ILogger<HungRuns> log)
{
    /// <summary>Rule of the alert; its subject is the run's.</summary>
    public const string Rule = "HungRun";

    /// <summary>Subject of the alert when all of it was stuck.</summary>
    public const string Daemon = "daemon";

    public void Interrupt(WatchedRun run, TimeSpan still)
    {
        var where = run.Sign.Stage is { } stage ? $" at {stage}" : "";
        var message =
            $"{run.Subject} has stood still{where} for {still.TotalMinutes:0} min and was interrupted. It is tried again by itself. "
            + "When it comes back: look for a disk, network drive or program that does not answer.";
        run.Interrupt();
        InBackground(() => alerts.RaiseAsync(Rule, run.Subject, AlertLevel.Warning, message, CancellationToken.None));
    }

    public void KillProcesses(WatchedRun run)
    {
        if (run.Item is not { } item)
            return;
        var killed = HungProcesses.Kill(data.Root, data.Of(item).Root);
        log.LogError("{Subject} does not end; {Count} of its programs were killed", run.Subject, killed);
    }

    /// <summary>Counts it as a failure, so that an item which hangs always is given up some day.</summary>
    public void GiveUp(WatchedRun run)
    {
        if (run.Item is { } item)
            InBackground(() => stages.CountHungAsync(item, CancellationToken.None));
    }

    /// <summary>A run is over: when it came to its end by itself, it goes on again.</summary>
    public Task OverAsync(WatchedRun run, CancellationToken cancel) =>
        run.IsHung ? Task.CompletedTask : alerts.ResolveAsync(Rule, run.Subject, cancel);

    /// <summary>The scheduler fires: whatever made an earlier process end is over.</summary>
    public void DaemonGoesOn() => InBackground(() => alerts.ResolveAsync(Rule, Daemon, CancellationToken.None));

    private void InBackground(Func<Task> work) =>
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception e) when (e is DbUpdateException or SqliteException or InvalidOperationException)
            {
                log.LogError("A hung run could not be written down: {Reason}", e.GetBaseException().Message);
            }
        });
}
