using System.CommandLine;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Host.Commands.Install;

/// <summary>Back to the release before.</summary>
internal static class RollbackCommand
{
    private static readonly Option<string?> Root = InstallFrame.Root();
    private static readonly Option<int> Wait = InstallFrame.Wait();

    public static Command Create()
    {
        var command = new Command(
            "rollback",
            "Goes back to the release before, with its database where the newer one has changed its form; what has gone out "
                + "since is read back before anything is published again. Undoes an upgrade that was interrupted. Exit code: "
                + "0 the release before works, 1 it does not, 2 wrong usage or configuration."
        )
        {
            Root,
            Wait,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancel) =>
        InstallFrame.RunAsync(
            () => RollBackAsync(parsed, cancel),
            "Interrupted in the middle. Type `rollback` again to bring it to its end.",
            cancel
        );

    private static async Task<int> RollBackAsync(ParseResult parsed, CancellationToken cancel)
    {
        var root = InstallFrame.Find(parsed.GetValue(Root));
        var installed = InstallFrame.Require(root);
        if (InstallFrame.Daemon(root, installed, parsed.GetValue(Wait)) is not { } daemon)
            return ExitCode.Usage;
        using var entered = root.Enter();
        var upgrade = new Upgrade(root, daemon, TimeProvider.System, InstallFrame.Say);
        if (!await upgrade.ResumeAsync(goBack: true, cancel))
            await upgrade.RollBackAsync(cancel);
        return ExitCode.Done;
    }
}
