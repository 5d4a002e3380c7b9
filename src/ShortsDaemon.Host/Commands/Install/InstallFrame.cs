using System.CommandLine;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Host.Install;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Install;

/// <summary>What the commands around an installation share.</summary>
internal static class InstallFrame
{
    public static Option<string?> Root() =>
        new("--root") { Description = "Folder of the installation.", HelpName = "DIR" };

    public static Option<int> Wait() =>
        new("--wait")
        {
            Description =
                "How long the daemon may take to be ready, in seconds; the migration of a large database is in it.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 600,
            Validators = { GlobalOptions.AtLeastOne },
        };

    /// <param name="work">Does it and returns the exit code.</param>
    /// <param name="interrupted">What is said when the user breaks it off.</param>
    /// <param name="cancel">Breaks it off.</param>
    public static async Task<int> RunAsync(Func<Task<int>> work, string interrupted, CancellationToken cancel)
    {
        // A signal is only listened to once the action has given its task back.
        await Task.Yield();
        try
        {
            return await work();
        }
        catch (Exception e)
            when (e is InstallException or ProcessFailedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(interrupted);
        }
        return ExitCode.Failed;
    }

    /// <summary>The installation that is meant: the one named, the one this program belongs to, or the usual place.</summary>
    public static InstallRoot Find(string? named) =>
        named is not null ? new(Path.GetFullPath(named))
        : InstallPlaces.Own() is { } own ? own
        : new(InstallPlaces.For(Environment.IsPrivilegedProcess).Root);

    /// <exception cref="InstallException">There is none.</exception>
    public static Installation Require(InstallRoot root) =>
        new JsonRecord<Installation>(root.Record).Read()
        ?? throw new InstallException(
            $"Nothing is installed in '{root.Path}'. Name its folder with --root, or begin with: ShortsDaemon install"
        );

    /// <returns>Null when its configuration cannot be used; every problem has been printed.</returns>
    public static InstalledDaemon? Daemon(InstallRoot root, Installation installed, int waitSeconds)
    {
        var arguments = new ConfigurationArguments(installed.Config, installed.Data, installed.Set);
        if (LoadedConfiguration.Load(arguments) is not { } configuration)
            return null;
        var run = Runner();
        var service = Services.Get(installed.Service, run, Say);
        return new(root, installed, configuration.Live.Value, service, run, TimeProvider.System)
        {
            ReadyLimit = TimeSpan.FromSeconds(waitSeconds),
        };
    }

    public static RunTool Runner() =>
        Tools.With(new ProcessRunner(TimeProvider.System, $"command {Environment.ProcessId}"));

    public static void Say(string words) => Console.WriteLine(words);
}
