using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>Ends a process that is stuck, for good, after writing down why.</summary>
internal sealed class LastWords(DataFolder data, Alerts alerts, ILoggerFactory logs, ILogger<LastWords> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public void End(string reason)
    {
        // On a thread of its own: a disk or terminal that does not answer must not keep the process either.
        var words = new Thread(() => Speak(reason)) { IsBackground = true };
        words.Start();
        words.Join(Longest);
        OwnProcess.End(ExitCode.Stuck);
    }

    private void Speak(string reason)
    {
        log.LogCritical("{Reason} The daemon ends with exit code {Code} to be started again.", reason, ExitCode.Stuck);
        HungProcesses.Kill(data.Root);
        // Not awaited: SQLite does it on this very thread, and whoever waited for another might wait for ever.
        _ = alerts.RaiseAsync(
            HungRuns.Rule,
            HungRuns.Daemon,
            AlertLevel.Critical,
            $"{reason} The daemon ended itself to be started again. The log tells what it was at.",
            CancellationToken.None
        );
        // Writes out what is still in the queue to the file.
        logs.Dispose();
    }
}
