using System.CommandLine;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Host.Commands.Install;

/// <summary>Changes to another release, and back by itself when that one does not work.</summary>
internal static class UpgradeCommand
{
    private const string Interrupted =
        "Interrupted in the middle. Type `upgrade` again to bring it to its end, or `rollback` to undo it.";

    private static readonly Option<string?> Root = InstallFrame.Root();
    private static readonly Option<int> Wait = InstallFrame.Wait();

    private static readonly Argument<string?> From = new("FROM")
    {
        Description = "Folder or archive (.zip, .tar.gz) of the new build; without it the build whose command this is.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command(
            "upgrade",
            "Stops the daemon, backs its database up, changes to the new build, starts it and waits until it is ready; goes "
                + "back by itself if it is not. Finishes an upgrade that was interrupted. Exit code: 0 upgraded, 1 not "
                + "upgraded (the last line says what works now), 2 wrong usage or configuration."
        )
        {
            From,
            Root,
            Wait,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancel) =>
        InstallFrame.RunAsync(() => UpgradeAsync(parsed, cancel), Interrupted, cancel);

    private static async Task<int> UpgradeAsync(ParseResult parsed, CancellationToken cancel)
    {
        var root = InstallFrame.Find(parsed.GetValue(Root));
        var installed = InstallFrame.Require(root);
        using var build = await Build.OpenAsync(parsed.GetValue(From), cancel);
        if (InstallFrame.Daemon(root, installed, parsed.GetValue(Wait)) is not { } daemon)
            return ExitCode.Usage;
        using var entered = root.Enter();
        var upgrade = new Upgrade(root, daemon, TimeProvider.System, InstallFrame.Say);
        await upgrade.ResumeAsync(goBack: false, cancel);
        var shelf = new ReleaseShelf(root);
        var release = shelf.Add(build.Release, installed.Data);
        if (shelf.Current?.Version == release.Version)
        {
            InstallFrame.Say($"{release.Version} is the release that is installed; there is nothing to upgrade.");
            return ExitCode.Done;
        }
        return await upgrade.RunAsync(release, cancel) ? ExitCode.Done : ExitCode.Failed;
    }
}
