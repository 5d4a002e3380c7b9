using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>This very program, started once more as the daemon.</summary>
internal sealed class DaemonChild(IReadOnlyList<string> arguments, RehearsalFolder folder, Action<string> onLine)
{
    private readonly ProcessRunner _processes = new(TimeProvider.System, folder.Data);

    /// <summary>Runs it until it ends, for at most this time.</summary>
    /// <param name="length">Then it is stopped.</param>
    /// <param name="kill">Stops it by SIGKILL, as a power cut would, instead of asking.</param>
    /// <returns>Whether it was still running when its time was over.</returns>
    public async Task<bool> RunAsync(TimeSpan length, bool kill, CancellationToken cancel)
    {
        var command = new ProcessCommand(Program, [.. Before, .. arguments])
        {
            Limits = new ProcessLimits { Time = length, StopGrace = kill ? TimeSpan.Zero : TimeSpan.FromSeconds(30) },
        };
        try
        {
            await _processes.RunAsync(command, new OutputHandlers { OnOutput = onLine, OnError = onLine }, cancel);
            return false;
        }
        catch (ProcessTimeoutException)
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
