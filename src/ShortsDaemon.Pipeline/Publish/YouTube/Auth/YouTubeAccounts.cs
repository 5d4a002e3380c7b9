using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>The logins, each with one refresher that all its users share.</summary>
public sealed class YouTubeAccounts(LiveOptions options, CredentialFiles files, YouTubeHttp http, TimeProvider time)
    : IDisposable
{
    private readonly SemaphoreSlim _door = new(1);
    private readonly Dictionary<string, Known> _known = new(StringComparer.OrdinalIgnoreCase);

    public string PathOf(string account) => files.PathOf("YouTube", account);

    /// <summary>The login as it lies on disk now: a new one counts at once.</summary>
    /// <exception cref="CredentialException">Missing, broken, or made with another client than the configured one.</exception>
    public async Task<YouTubeAccount> OpenAsync(string account, CancellationToken cancel)
    {
        await _door.WaitAsync(cancel);
        try
        {
            var token = await YouTubeToken.ReadAsync(PathOf(account), account, cancel);
            var client = await ClientOfAsync(token, account, cancel);
            var address = options.Value.YouTube.TokenUrl;
            if (!_known.TryGetValue(account, out var known) || !known.Fits(token, client, address))
                _known[account] = known = new Known(Sign(account, token, client), client, address);
            return new YouTubeAccount(account, token, client, known.Credential, options, http, time);
        }
        finally
        {
            _door.Release();
        }
    }

    public void Dispose() => _door.Dispose();

    private UserCredential Sign(string account, YouTubeToken token, GoogleClient client)
    {
        var answers = new TokenAnswers();
        var store = new TokenStore(PathOf(account), token, answers, time);
        var flow = GoogleFlow.Make(options.Value.YouTube, client, http, time, store, answers);
        return new UserCredential(flow, account, ResponseOf(token));
    }

    private async Task<GoogleClient> ClientOfAsync(YouTubeToken token, string account, CancellationToken cancel)
    {
        if (token.ClientSecret is { } secret)
            return new GoogleClient(token.ClientId, secret);
        var client = await GoogleClient.ReadAsync(options.Value.YouTube.ClientSecretFile, cancel);
        return client.Id == token.ClientId
            ? client
            : throw new CredentialException(
                $"The YouTube login '{account}' was made with another client than the one in YouTube:ClientSecretFile. "
                    + YouTubeToken.Mend(account)
            );
    }

    // What is not known to be good counts as expired.
    private static TokenResponse ResponseOf(YouTubeToken token) =>
        new()
        {
            AccessToken = token.AccessToken,
            RefreshToken = token.RefreshToken,
            Scope = token.Scope,
            TokenType = "Bearer",
            IssuedUtc = token.AccessTokenIssuedAt?.UtcDateTime ?? DateTime.UnixEpoch,
            ExpiresInSeconds = (long)((token.AccessTokenExpiresAt - token.AccessTokenIssuedAt)?.TotalSeconds ?? 0),
        };

    private sealed record Known(UserCredential Credential, GoogleClient Client, string Address)
    {
        public bool Fits(YouTubeToken token, GoogleClient client, string address) =>
            Credential.Token.RefreshToken == token.RefreshToken && Client == client && Address == address;
    }
}
