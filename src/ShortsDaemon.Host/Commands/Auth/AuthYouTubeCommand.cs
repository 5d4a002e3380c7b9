using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;

namespace ShortsDaemon.Host.Commands.Auth;

/// <summary>Logs a YouTube account in by a consent page in any browser, on this machine or another.</summary>
internal static partial class AuthYouTubeCommand
{
    private static readonly Argument<string> Account = new("ACCOUNT")
    {
        Description = "What the configuration calls it (Credentials): letters, digits, - and _.",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port on which the browser's answer is awaited, to forward it by SSH; default: any free one.",
        HelpName = "N",
    };

    private static readonly Option<FileInfo?> Import = new("--import")
    {
        Description = "Takes over the login that a Python program has kept, instead of making one.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command(
            "youtube",
            "Logs a YouTube channel in. Prints a link to open in a browser, and waits for the browser's answer or for the address "
                + "it ended at, pasted here. Works while the daemon runs, which then goes on with the new login. "
                + "Exit code: 0 logged in, 1 refused or stopped, 2 wrong usage or configuration."
        )
        {
            Account,
            Port,
            Import,
        };
        Account.Validators.Add(found =>
        {
            if (found.Tokens is [var written] && !Name().IsMatch(written.Value))
                found.AddError($"'{written.Value}' cannot be the name of an account; use letters, digits, - and _.");
        });
        Port.Validators.Add(found =>
        {
            if (
                found.Tokens is [var written]
                && int.TryParse(written.Value, CultureInfo.InvariantCulture, out var port)
                && port is < 1 or > 65535
            )
                found.AddError("--port must be from 1 to 65535.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        await using var services = CommandServices.Build(configuration, toFile: false);
        var account = parsed.GetValue(Account)!;
        try
        {
            var token = parsed.GetValue(Import) is { } file
                ? await AdoptAsync(services, file, cancel)
                : await LogInAsync(services, account, parsed.GetValue(Port), cancel);
            await services.GetRequiredService<NewLogin>().KeepAsync(account, token, cancel);
            Tell(services.GetRequiredService<YouTubeAccounts>().PathOf(account), account, token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was changed.");
        }
        catch (Exception e) when (e is UnavailableException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(e.Message.TrimEnd('.') + ".");
        }
        catch (HttpListenerException e)
        {
            await Console.Error.WriteLineAsync($"Nothing can listen on that port: {e.Message}. Choose another --port.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The login could not be kept: {e.Message}");
        }
        return ExitCode.Failed;
    }

    private static async Task<YouTubeToken> LogInAsync(
        ServiceProvider services,
        string account,
        int port,
        CancellationToken cancel
    )
    {
        var live = services.GetRequiredService<LiveOptions>();
        var client = await GoogleClient.ReadAsync(live.Value.YouTube.ClientSecretFile, cancel);
        using var receiver = new CodeReceiver(port);
        var login = new YouTubeLogin(
            live,
            client,
            services.GetRequiredService<YouTubeHttp>(),
            TimeProvider.System,
            account,
            receiver.Redirect
        );
        Invite(login.Link, receiver);
        return await login.FinishAsync(await receiver.ReceiveAsync(login.State, Console.In, cancel), cancel);
    }

    private static void Invite(Uri link, CodeReceiver receiver)
    {
        Console.WriteLine("Open this link in a browser and log in with the Google account of the channel:");
        Console.WriteLine();
        Console.WriteLine(link.AbsoluteUri);
        Console.WriteLine();
        Console.WriteLine(
            $"At the end the browser goes to {receiver.Redirect} on its own machine. If that is not this one,"
        );
        Console.WriteLine(
            "it shows an error there: copy the whole address from its address bar and paste it here. Or forward"
        );
        Console.WriteLine(
            $"the port before: ssh -L {receiver.Port}:127.0.0.1:{receiver.Port} THIS-MACHINE (and give --port {receiver.Port})."
        );
        Console.WriteLine("Waiting. Ctrl+C stops.");
    }

    private static async Task<YouTubeToken> AdoptAsync(
        ServiceProvider services,
        FileInfo file,
        CancellationToken cancel
    ) =>
        await YouTubeLogin.AdoptAsync(
            services.GetRequiredService<LiveOptions>(),
            await PythonToken.ReadAsync(file.FullName, cancel),
            services.GetRequiredService<YouTubeHttp>(),
            TimeProvider.System,
            cancel
        );

    private static void Tell(string path, string account, YouTubeToken token)
    {
        Console.WriteLine(
            $"Account '{account}' uploads to the channel '{token.ChannelTitle}' ({token.ChannelId}). Kept in '{path}'."
        );
        if (token.ExpiresAt is { } end)
            Console.WriteLine(
                $"Google ends this login at {end:u}, because the project's consent screen is in the state Testing. "
                    + "Publish it (\"In production\") and log in again."
            );
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
