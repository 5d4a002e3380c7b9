using System.CommandLine;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Commands.Users;

/// <summary>Who may enter the control room.</summary>
internal static class UserCommand
{
    private const string ExitCodes =
        "Works while the daemon runs. Exit code: 0 done, 1 the file of accounts cannot be used, 2 wrong usage or configuration.";

    private static readonly Argument<string> Name = new("NAME") { Description = "Letters, digits, '-' and '_'." };
    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create() =>
        new("user", "Accounts of the control room. Without any, its pages are shown on this machine only.")
        {
            Add(),
            List(),
            Remove(),
        };

    private static Command Add()
    {
        var command = new Command(
            "add",
            $"Creates an account, or gives it a new password. The password ({Accounts.ShortestPassword} characters or more) is asked for, or read from standard input. "
                + ExitCodes
        )
        {
            Name,
        };
        command.SetAction((parsed, cancel) => AskAsync(parsed, accounts => AddAsync(parsed, accounts, cancel)));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the accounts. " + ExitCodes) { Json };
        command.SetAction((parsed, _) => AskAsync(parsed, accounts => Task.FromResult(Show(parsed, accounts))));
        return command;
    }

    private static Command Remove()
    {
        var command = new Command(
            "remove",
            "Removes an account; whoever is logged in with it no longer is. " + ExitCodes
        )
        {
            Name,
        };
        command.SetAction(
            (parsed, cancel) =>
                AskAsync(
                    parsed,
                    async accounts =>
                        await accounts.RemoveAsync(parsed.GetRequiredValue(Name), cancel)
                            ? Say($"'{parsed.GetValue(Name)}' is removed.")
                            : Refuse(ExitCode.Usage, $"There is no account '{parsed.GetValue(Name)}'.")
                )
        );
        return command;
    }

    private static async Task<int> AskAsync(ParseResult parsed, Func<Accounts, Task<int>> answer)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        try
        {
            return await answer(new Accounts(configuration.Live, TimeProvider.System));
        }
        catch (Exception e) when (e is CredentialException or IOException or UnauthorizedAccessException)
        {
            return Refuse(ExitCode.Failed, e.Message);
        }
    }

    private static async Task<int> AddAsync(ParseResult parsed, Accounts accounts, CancellationToken cancel)
    {
        var name = parsed.GetRequiredValue(Name);
        if (!AccountName.IsGood(name))
            return Refuse(ExitCode.Usage, $"'{name}' cannot be a name: it takes 1 to 64 letters, digits, '-' and '_'.");
        if (await PasswordPrompt.AskAsync($"Password for '{name}': ", cancel) is not { } password)
            return Refuse(ExitCode.Usage, "No password was given.");
        if (password.Length < Accounts.ShortestPassword)
            return Refuse(
                ExitCode.Usage,
                $"The password is too short: {password.Length} characters; it takes {Accounts.ShortestPassword}."
            );
        await accounts.SetAsync(name, password, cancel);
        return Say($"'{name}' may enter the control room.");
    }

    private static int Show(ParseResult parsed, Accounts accounts)
    {
        var all = accounts.ReadAll();
        if (parsed.GetValue(Json))
            JsonOutput.Write(all.Select(account => new { account.Name, account.CreatedAt }));
        else if (all.Count == 0)
            Console.WriteLine("There is no account: the control room is shown on this machine only.");
        foreach (var account in parsed.GetValue(Json) ? [] : all)
            Console.WriteLine($"{account.Name}, password set {ChannelClock.Utc.SayWithOffset(account.CreatedAt)}");
        return ExitCode.Done;
    }

    private static int Say(string message)
    {
        Console.WriteLine(message);
        return ExitCode.Done;
    }

    private static int Refuse(int exitCode, string message)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
