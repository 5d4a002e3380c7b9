using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Auth;

/// <summary>Logs a Twitch account in by a code that a person confirms in any browser, on any machine.</summary>
internal static class AuthTwitchCommand
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(20);

    private static readonly Argument<string> Account = new("ACCOUNT")
    {
        Description = "Name of the account in the configuration: letters, digits, - and _.",
    };

    public static Command Create()
    {
        var command = new Command(
            "twitch",
            "Logs in a Twitch account that owns or edits channels, so that their clips come by the official download. "
                + "Prints a page and a code to confirm there. Works while the daemon runs, which then uses the new login. "
                + "Exit code: 0 logged in, 1 not confirmed, refused or stopped, 2 wrong usage or configuration."
        )
        {
            Account,
        };
        Account.Validators.Add(found =>
        {
            if (found.Tokens is [var written] && !AccountName.IsGood(written.Value))
                found.AddError($"'{written.Value}' cannot be the name of an account; use letters, digits, - and _.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration || !await HasApplicationAsync(configuration))
            return ExitCode.Usage;
        try
        {
            await LogInAsync(configuration, parsed.GetValue(Account)!, cancel);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was changed.");
        }
        catch (UnavailableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The login could not be kept: {e.Message}");
        }
        return ExitCode.Failed;
    }

    private static async Task<bool> HasApplicationAsync(LoadedConfiguration configuration)
    {
        var twitch = configuration.Live.Value.Twitch;
        if (twitch is { ClientId.Length: > 0, ClientSecret.Length: > 0 })
            return true;
        await Console.Error.WriteLineAsync(
            "Twitch:ClientId and Twitch:ClientSecret are needed for a login. "
                + "Register an application at dev.twitch.tv/console; docs/twitch.md says how."
        );
        return false;
    }

    // Without the daemon's breakers: there may be no database yet, and a person who waits sees for himself what is down.
    private static async Task LogInAsync(LoadedConfiguration configuration, string account, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = LongestAnswer };
        var auth = new TwitchAuth(new TwitchHttp(() => http), configuration.Live);
        var files = new TwitchAccountFiles(new CredentialFiles(configuration.Live));
        var login = new DeviceLogin(auth, files, configuration.Live, TimeProvider.System);
        var content = await login.RunAsync(account, Show, cancel);
        Console.WriteLine(
            $"Account '{account}' is logged in as {content.Login} (id {content.UserId}). Kept in '{files.PathOf(account)}'."
        );
        await TellDaemonAsync(configuration, account, cancel);
    }

    private static void Show(DevicePrompt prompt)
    {
        Console.WriteLine($"Open {prompt.Page}");
        Console.WriteLine($"with the account that owns or edits the channels, and confirm the code {prompt.Code}");
        Console.WriteLine($"Waiting for that, {prompt.Life.TotalMinutes:0} minutes at most. Ctrl+C stops.");
    }

    // The daemon reads the file by itself; only what it has told its owner is still open. Should that fail, it resolves it
    // within the hour.
    private static async Task TellDaemonAsync(
        LoadedConfiguration configuration,
        string account,
        CancellationToken cancel
    )
    {
        await using var database = new ReadOnlyDatabase(configuration.Live.Value.Storage);
        await using var services = CommandServices.Build(configuration, toFile: false);
        try
        {
            if (database.Exists && await database.AgeAsync(cancel) == DatabaseAge.Current)
                await services
                    .GetRequiredService<Alerts>()
                    .ResolveAsync(AccountTokens.Rule, AccountTokens.SubjectOf(account), cancel);
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            await Console.Error.WriteLineAsync(
                $"The alert about it stays open for now: {e.GetBaseException().Message}"
            );
        }
    }
}
