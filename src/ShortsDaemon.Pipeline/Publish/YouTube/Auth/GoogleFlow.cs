using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Http;
using Google.Apis.Util;
using Google.Apis.Util.Store;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>How Google gives out tokens.</summary>
internal static class GoogleFlow
{
    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>Upload; playlists and the look at the own channel.</summary>
    public static readonly IReadOnlyList<string> Scopes = [Prefix + "youtube.upload", Prefix + "youtube"];

    /// <summary>Subtitles; the wide scope does not hold it.</summary>
    public const string SubtitlesScope = Prefix + "youtube.force-ssl";

    /// <summary>What a login of this account has to be asked for.</summary>
    public static IReadOnlyList<string> Needed(ShortsOptions options, string account) =>
        options
            .Channels.Values.SelectMany(channel => channel.Destinations)
            .OfType<YouTubeDestinationOptions>()
            .Any(to => to.Subtitles && to.Credentials.Equals(account, StringComparison.OrdinalIgnoreCase))
            ? [.. Scopes, SubtitlesScope]
            : Scopes;

    /// <param name="options">Addresses.</param>
    /// <param name="client">The program.</param>
    /// <param name="http">Connections.</param>
    /// <param name="time">Clock.</param>
    /// <param name="store">Takes the tokens; null: nobody does.</param>
    /// <param name="answers">Sees the answers of the token address; null: nobody does.</param>
    /// <param name="scopes">What a new login is asked for; null: <see cref="Scopes"/>.</param>
    public static PkceGoogleAuthorizationCodeFlow Make(
        YouTubeOptions options,
        GoogleClient client,
        YouTubeHttp http,
        TimeProvider time,
        IDataStore? store,
        TokenAnswers answers,
        IReadOnlyList<string>? scopes = null
    ) =>
        new(
            new Addresses(options)
            {
                ClientSecrets = client.Secrets,
                Scopes = scopes ?? Scopes,
                DataStore = store,
                Clock = new Clock(time),
                HttpClientFactory = http.Factory(answers),
                DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
                // Otherwise a second login brings no refresh token.
                Prompt = "consent",
            }
        );

    /// <param name="granted">Separated by blanks.</param>
    /// <param name="needed">Null: <see cref="Scopes"/>.</param>
    /// <returns>The scopes that are needed and were not granted: people untick boxes.</returns>
    public static IReadOnlyList<string> Missing(string? granted, IReadOnlyList<string>? needed = null)
    {
        var have = (granted ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The wide scope holds the narrow one.
        string[] held = have.Contains(Scopes[1]) ? [.. have, .. Scopes] : have;
        return [.. (needed ?? Scopes).Except(held)];
    }

    private sealed class Addresses(YouTubeOptions options)
        : GoogleAuthorizationCodeFlow.Initializer(options.AuthUrl, options.TokenUrl, "");

    private sealed class Clock(TimeProvider time) : IClock
    {
        public DateTime Now => time.GetLocalNow().DateTime;
        public DateTime UtcNow => time.GetUtcNow().UtcDateTime;
    }
}
