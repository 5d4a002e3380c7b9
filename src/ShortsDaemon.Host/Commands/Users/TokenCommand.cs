using System.CommandLine;
using System.Globalization;
using ShortsDaemon.Host.Web.Access;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Commands.Users;

/// <summary>Tokens with which programs enter the API.</summary>
internal static class TokenCommand
{
    private const string ExitCodes =
        "Works while the daemon runs. Exit code: 0 done, 1 the file of tokens cannot be used, 2 wrong usage or configuration.";

    private static readonly Argument<string> Name = new("NAME") { Description = "Letters, digits, '-' and '_'." };
    private static readonly Option<bool> Json = GlobalOptions.Json();

    private static readonly Option<TokenScope> Scope = new("--scope")
    {
        Description = "What it may do: read (GET and HEAD), or act (everything the API offers).",
        HelpName = "read|act",
        Required = true,
    };

    private static readonly Option<int?> Days = new("--days")
    {
        Description = $"After so many days it is refused, 1 to {Tokens.MostDays}. Without it holds for good.",
        HelpName = "N",
    };

    public static Command Create() =>
        new("token", "Tokens with which programs use the API of the control room.") { Add(), List(), Remove() };

    private static Command Add()
    {
        var command = new Command(
            "add",
            "Makes a token and prints it, this once: only a hash of it is kept. " + ExitCodes
        )
        {
            Name,
            Scope,
            Days,
        };
        command.SetAction((parsed, cancel) => AskAsync(parsed, (tokens, _) => AddAsync(parsed, tokens, cancel)));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the tokens. " + ExitCodes) { Json };
        command.SetAction(
            (parsed, _) =>
                AskAsync(parsed, (tokens, live) => Task.FromResult(Show(parsed, TokenLine.All(tokens, live))))
        );
        return command;
    }

    private static Command Remove()
    {
        var command = new Command("remove", "Revokes a token, at once. " + ExitCodes) { Name };
        command.SetAction(
            (parsed, cancel) =>
                AskAsync(
                    parsed,
                    async (tokens, _) =>
                        await tokens.RemoveAsync(parsed.GetRequiredValue(Name), cancel)
                            ? Say($"The token '{parsed.GetValue(Name)}' is revoked.")
                            : Refuse(ExitCode.Usage, $"There is no token '{parsed.GetValue(Name)}'.")
                )
        );
        return command;
    }

    private static async Task<int> AskAsync(ParseResult parsed, Func<Tokens, LiveOptions, Task<int>> answer)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        try
        {
            return await answer(new Tokens(configuration.Live, TimeProvider.System), configuration.Live);
        }
        catch (Exception e) when (e is CredentialException or IOException or UnauthorizedAccessException)
        {
            return Refuse(ExitCode.Failed, e.Message);
        }
    }

    // The token alone on standard output, so that a script can take it from there.
    private static async Task<int> AddAsync(ParseResult parsed, Tokens tokens, CancellationToken cancel)
    {
        var (name, scope, days) = (
            parsed.GetRequiredValue(Name),
            parsed.GetRequiredValue(Scope),
            parsed.GetValue(Days)
        );
        if (!AccountName.IsGood(name))
            return Refuse(ExitCode.Usage, $"'{name}' cannot be a name: it takes 1 to 64 letters, digits, '-' and '_'.");
        if (days is < 1 or > Tokens.MostDays)
            return Refuse(ExitCode.Usage, $"--days {days} is not from 1 to {Tokens.MostDays}.");
        if (await tokens.AddAsync(name, scope, days, cancel) is not { } secret)
            return Refuse(ExitCode.Usage, $"There is a token '{name}' already; revoke it with: token remove {name}");
        await Console.Error.WriteLineAsync($"The token '{name}' is shown this once:");
        return Say(secret);
    }

    private static int Show(ParseResult parsed, IReadOnlyList<TokenLine> all)
    {
        if (parsed.GetValue(Json))
            JsonOutput.Write(all);
        else if (all.Count == 0)
            Console.WriteLine("There is no token.");
        foreach (var token in parsed.GetValue(Json) ? [] : all)
            Console.WriteLine(
                $"{token.Name}: {AccessWords.Tell(token.Scope).ToLower(CultureInfo.InvariantCulture)}, made {Say(token.CreatedAt)}, {AccessWords.Used(token).ToLower(CultureInfo.InvariantCulture)}, {End(token)}"
            );
        return ExitCode.Done;
    }

    private static string End(TokenLine token) =>
        token.ExpiresAt is not { } end ? "never expires"
        : end <= TimeProvider.System.GetUtcNow() ? $"expired {Say(end)}"
        : $"expires {Say(end)}";

    private static string Say(DateTimeOffset instant) => ChannelClock.Utc.SayWithOffset(instant);

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
