using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Http;
using Google.Apis.Util;
using Google.Apis.Util.Store;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>How Google gives out tokens.</summary>
internal static class GoogleFlow
{
    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>Upload; playlists and the look at the own channel.</summary>
    public static readonly IReadOnlyList<string> Scopes = [Prefix + "youtube.upload", Prefix + "youtube"];

    /// <param name="options">Addresses.</param>
    /// <param name="client">The program.</param>
    /// <param name="http">Connections.</param>
    /// <param name="time">Clock.</param>
    /// <param name="store">Takes the tokens; null: nobody does.</param>
    /// <param name="answers">Sees the answers of the token address; null: nobody does.</param>
    public static PkceGoogleAuthorizationCodeFlow Make(
        YouTubeOptions options,
        GoogleClient client,
        YouTubeHttp http,
        TimeProvider time,
        IDataStore? store,
        TokenAnswers answers
    ) =>
        new(
            new Addresses(options)
            {
                ClientSecrets = client.Secrets,
                Scopes = Scopes,
                DataStore = store,
                Clock = new Clock(time),
                HttpClientFactory = http.Factory(answers),
                DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
                // Otherwise a second login brings no refresh token.
                Prompt = "consent",
            }
        );

    /// <returns>The scopes that are needed and were not granted: people untick boxes.</returns>
    public static IReadOnlyList<string> Missing(string? granted)
    {
        var have = (granted ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The wide scope holds the narrow one.
        return have.Contains(Scopes[1]) ? [] : [.. Scopes.Except(have)];
    }

    private sealed class Addresses(YouTubeOptions options)
        : GoogleAuthorizationCodeFlow.Initializer(options.AuthUrl, options.TokenUrl, "");

    private sealed class Clock(TimeProvider time) : IClock
    {
        public DateTime Now => time.GetLocalNow().DateTime;
        public DateTime UtcNow => time.GetUtcNow().UtcDateTime;
    }
}
