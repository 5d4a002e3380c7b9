using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>This very program, started once more as the daemon.</summary>
internal sealed class DaemonChild(IReadOnlyList<string> arguments, RehearsalFolder folder, Action<string> onLine)
{
    private readonly ProcessRunner _processes = new(TimeProvider.System, folder.Data);

    /// <summary>Runs it until it ends, at most until its time is over.</summary>
    /// <param name="over">Then it is stopped.</param>
    /// <param name="kill">Stops it by SIGKILL, as a power cut would, instead of asking.</param>
    /// <returns>Whether it was still running when its time was over.</returns>
    public async Task<bool> RunAsync(Task over, bool kill, CancellationToken cancel)
    {
        var command = new ProcessCommand(Program, [.. Before, .. arguments])
        {
            Limits = new ProcessLimits { StopGrace = kill ? TimeSpan.Zero : TimeSpan.FromSeconds(30) },
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = _processes.RunAsync(
            command,
            new OutputHandlers { OnOutput = onLine, OnError = onLine },
            stop.Token
        );
        if (await Task.WhenAny(running, over) == over)
            await stop.CancelAsync();
        try
        {
            await running;
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return true;
        }
    }

    private static string Program => Environment.ProcessPath ?? "dotnet";

    // Started as `dotnet ShortsDaemon.dll`, this program is not its own executable.
    private static string[] Before =>
        Path.GetFileNameWithoutExtension(Program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [Path.Combine(AppContext.BaseDirectory, "ShortsDaemon.dll"), "run"]
            : ["run"];
}
