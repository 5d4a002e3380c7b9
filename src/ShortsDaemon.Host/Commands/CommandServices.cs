using ShortsDaemon.Host.Logging;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands;

/// <summary>The pipeline for a command that does its work and ends.</summary>
internal static class CommandServices
{
    private static readonly TimeSpan SecondTry = TimeSpan.FromMilliseconds(200);

    /// <param name="configuration">The configuration.</param>
    /// <param name="toFile">Writes the log file as the daemon does; for commands that hold the instance lock.</param>
    public static ServiceProvider Build(LoadedConfiguration configuration, bool toFile)
    {
        var services = new ServiceCollection();
        // Without the lock a daemon may start meanwhile: it must not take our programs for its own left-overs.
        var owner = toFile ? null : $"command {Environment.ProcessId}";
        services.AddPipeline(configuration.Live, owner);
        services.AddLogging(logging =>
        {
            if (toFile)
                logging.AddShortsLog(configuration.Live, DataOf(configuration), toConsole: false);
        });
        services.AddSingleton<FlowLog>();
        return services.BuildServiceProvider();
    }

    public static DataFolder DataOf(LoadedConfiguration configuration) =>
        new(configuration.Live.Value.Daemon.DataDirectory);

    /// <returns>The lock; null when somebody else works there, which has been said.</returns>
    public static async Task<InstanceLock?> TakeLockAsync(DataFolder data, CancellationToken cancel)
    {
        try
        {
            if (InstanceLock.TryTake(data) is { } taken)
                return taken;
            // doctor holds it for a moment when it asks whether a daemon runs.
            await Task.Delay(SecondTry, TimeProvider.System, cancel);
            if (InstanceLock.TryTake(data) is { } takenNow)
                return takenNow;
            await Console.Error.WriteLineAsync(
                $"Another ShortsDaemon works in '{data.Root}'. Stop it first, or choose another data directory with --data."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The data directory '{data.Root}' cannot be used: {e.Message}");
        }
        return null;
    }
}
