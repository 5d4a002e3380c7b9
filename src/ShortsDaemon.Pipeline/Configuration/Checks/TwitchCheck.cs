using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Sources.TwitchClips;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>What sources of type TwitchClips need, and that secrets only travel under cover.</summary>
internal static partial class TwitchCheck
{
    private const string Section = nameof(ShortsOptions.Twitch);

    public static void Look(ShortsOptions options, ProblemList problems)
    {
        Address(options.Twitch.ApiBaseUrl, nameof(TwitchOptions.ApiBaseUrl), problems);
        Address(options.Twitch.AuthBaseUrl, nameof(TwitchOptions.AuthBaseUrl), problems);
        if (TwitchClipsSources.Of(options).Any())
            Application(options.Twitch, problems);
        foreach (var (name, channel) in options.Channels)
            for (var i = 0; i < channel.Sources.Count; i++)
                if (channel.Sources[i] is TwitchClipsSourceOptions source)
                    Names(source, $"Channels:{name}:Sources:{i}", problems);
    }

    private static void Application(TwitchOptions twitch, ProblemList problems)
    {
        const string Where = "Register an application at dev.twitch.tv/console";
        if (twitch.ClientId.Length == 0)
            problems.Error(
                $"{Section}:{nameof(TwitchOptions.ClientId)}",
                "a source of type TwitchClips needs the client id of an application",
                $"{Where} and write its client id."
            );
        if (twitch.ClientSecret.Length == 0)
            problems.Error(
                $"{Section}:{nameof(TwitchOptions.ClientSecret)}",
                "a source of type TwitchClips needs the secret of the application",
                $"{Where} and put its secret into the environment: Twitch__ClientSecret=…"
            );
    }

    private static void Address(string url, string name, ProblemList problems)
    {
        var key = $"{Section}:{name}";
        if (problems.Has(key))
            return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            problems.Error(key, $"'{url}' is not an address", "Write https://…, or leave it out.");
        else if (uri.Scheme == "http" && !uri.IsLoopback)
            problems.Error(key, "secrets would travel uncovered", "Write https://…; http is for this machine only.");
    }

    private static void Names(TwitchClipsSourceOptions source, string key, ProblemList problems)
    {
        var login = $"{key}:{nameof(TwitchClipsSourceOptions.Login)}";
        if (!problems.Has(login) && !Login().IsMatch(source.Login))
            problems.Error(
                login,
                $"'{source.Login}' is not a login of Twitch",
                "Write the name as it stands in the address of the channel, for instance some_one."
            );
        if (source.Account.Length > 0 && !AccountName.IsGood(source.Account))
            problems.Error(
                $"{key}:{nameof(TwitchClipsSourceOptions.Account)}",
                $"'{source.Account}' cannot be the name of an account",
                "Use letters, digits, - and _."
            );
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,25}\z", RegexOptions.None, 1000)]
    private static partial Regex Login();
}
