using System.Globalization;
using ShortsDaemon.Host.Service;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>
/// Looks every few seconds whether the scheduler fires and whether every run moves. It has a thread of its own and waits for
/// nobody, so that neither a blocked scheduler nor a thread pool without threads can keep it from looking.
/// </summary>
/// <param name="runs">What is under way.</param>
/// <param name="hung">What is done to a run that stands still.</param>
/// <param name="pulse">The scheduler's.</param>
/// <param name="manager">Told that all is well, as long as it is.</param>
/// <param name="pace">How patient it is.</param>
/// <param name="end">Ends the process; told why.</param>
/// <param name="time">The steady clock.</param>
internal sealed class Watchdog(
    RunsUnderWay runs,
    HungRuns hung,
    Pulse pulse,
    ServiceManager manager,
    WatchPace pace,
    Action<string> end,
    TimeProvider time
) : IDisposable
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    private readonly AwakeTime _awake = new(time, pace.Look * 2);
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;
    private long _beats;
    private TimeSpan _beatAt;
    private TimeSpan? _askedAt;
    private string _status = "";

    /// <summary>The service manager's patience may be shorter than ours.</summary>
    private TimeSpan Interval =>
        manager.WatchdogInterval is { } patience && patience / 4 < pace.Look ? patience / 4 : pace.Look;

    public void Start()
    {
        manager.Ready();
        _thread = new Thread(Run) { Name = "watchdog", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The daemon stops: from here on nothing has to move.</summary>
    public void Stop()
    {
        _stop.Set();
        // What it looks with is taken away soon.
        _thread?.Join(LongestLook);
        manager.Stopping();
    }

    /// <summary>One look.</summary>
    public void Look()
    {
        _awake.Look();
        var now = _awake.Now;
        AskForPulse(now);
        if (now - _beatAt > pace.Stuck)
        {
            end(Text($"The scheduler has not fired for {(now - _beatAt).TotalSeconds:0} s although it was asked to."));
            return;
        }
        var isWell = true;
        foreach (var run in runs.All)
            isWell &= Look(run, now);
        if (isWell)
            TellManager(now);
    }

    public void Dispose() => _stop.Dispose();

    private void Run()
    {
        while (!_stop.Wait(Interval))
            Look();
    }

    private void AskForPulse(TimeSpan now)
    {
        if (pulse.Beats != _beats)
        {
            if (_beats == 0)
                hung.DaemonGoesOn();
            (_beats, _beatAt) = (pulse.Beats, now);
        }
        if (now - _askedAt < pace.Pulse)
            return;
        _askedAt = now;
        // Where the pool has no threads left it is never asked, and no beat comes.
        _ = Task.Run(() => pulse.AskAsync(CancellationToken.None));
    }

    /// <returns>False: it hangs, and could not even be interrupted.</returns>
    private bool Look(WatchedRun run, TimeSpan now)
    {
        var still = run.StillFor(now);
        var (step, since) = run.Done;
        switch (step)
        {
            case HungStep.None when still > run.Limit:
                hung.Interrupt(run, still);
                run.Done = (HungStep.Interrupted, now);
                break;
            case HungStep.Interrupted when now - since > pace.Grace:
                hung.KillProcesses(run);
                run.Done = (HungStep.ProcessesKilled, now);
                break;
            case HungStep.ProcessesKilled when now - since > pace.Grace:
                hung.GiveUp(run);
                run.Done = (HungStep.GivenUp, now);
                break;
            case HungStep.GivenUp when now - since > pace.Look:
                end(Text($"{run.Subject} has not moved for a long time and cannot be interrupted."));
                break;
        }
        return run.Done.Step < HungStep.ProcessesKilled;
    }

    private void TellManager(TimeSpan now)
    {
        // Late is not dead yet, but no reason to say that all is well.
        if (now - _beatAt <= pace.Stuck / 2)
            manager.Alive();
        var status = runs.InWords();
        if (status == _status)
            return;
        _status = status;
        manager.Status(status);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
