using System.Security.Cryptography;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Requests;
using Google.Apis.Auth.OAuth2.Responses;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>A login in the making: a link for the browser, and a code that comes back.</summary>
public sealed class YouTubeLogin
{
    private readonly LiveOptions _options;
    private readonly GoogleClient _client;
    private readonly YouTubeHttp _http;
    private readonly TimeProvider _time;
    private readonly string _account;
    private readonly string _verifier;
    private readonly string _redirect;
    private readonly IReadOnlyList<string> _scopes;

    /// <param name="options">Addresses.</param>
    /// <param name="client">The program.</param>
    /// <param name="http">Connections.</param>
    /// <param name="time">Clock.</param>
    /// <param name="account">Name of the account in the configuration.</param>
    /// <param name="redirect">Where the browser goes with the code: an address on this machine.</param>
    public YouTubeLogin(
        LiveOptions options,
        GoogleClient client,
        YouTubeHttp http,
        TimeProvider time,
        string account,
        string redirect
    )
    {
        (_options, _client, _http, _time, _account, _redirect) = (options, client, http, time, account, redirect);
        _scopes = GoogleFlow.Needed(options.Value, account);
        using var flow = GoogleFlow.Make(options.Value.YouTube, client, http, time, null, new TokenAnswers(), _scopes);
        var request = (GoogleAuthorizationCodeRequestUrl)flow.CreateAuthorizationCodeRequest(redirect, out _verifier);
        request.State = State;
        Link = request.Build();
    }

    /// <summary>Where the browser has to go.</summary>
    public Uri Link { get; }

    /// <summary>Comes back with the code; another one is not the answer to our question.</summary>
    public string State { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Trades the code for a login and looks at what it is good for.</summary>
    /// <exception cref="CredentialException">Refused, a scope is missing, or the account has no channel.</exception>
    public async Task<YouTubeToken> FinishAsync(string code, CancellationToken cancel)
    {
        var answers = new TokenAnswers();
        using var flow = GoogleFlow.Make(_options.Value.YouTube, _client, _http, _time, null, answers);
        var response = await AskAsync(() =>
            flow.ExchangeCodeForTokenAsync(_account, code, _verifier, _redirect, cancel)
        );
        if (response.RefreshToken is null)
            throw new CredentialException("Google gave no refresh token. Try again, and allow everything it asks for");
        RequireScopes(response.Scope, _scopes);
        return await LookAsync(_options, _client, _http, _time, response, answers.RefreshTokenLife, cancel);
    }

    /// <summary>Proves a login that another program made, with the client that it was made with.</summary>
    /// <exception cref="CredentialException">Refused, a scope is missing, or the account has no channel.</exception>
    public static async Task<YouTubeToken> AdoptAsync(
        LiveOptions options,
        PythonToken found,
        YouTubeHttp http,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var client = new GoogleClient(found.ClientId, found.ClientSecret);
        var answers = new TokenAnswers();
        using var flow = GoogleFlow.Make(options.Value.YouTube, client, http, time, null, answers);
        var response = await AskAsync(() => flow.RefreshTokenAsync("import", found.RefreshToken, cancel));
        response.RefreshToken ??= found.RefreshToken;
        response.Scope ??= found.Scope;
        // Without subtitles it is good enough to be taken over.
        RequireScopes(response.Scope, GoogleFlow.Scopes);
        var token = await LookAsync(options, client, http, time, response, answers.RefreshTokenLife, cancel);
        return token with { ClientSecret = found.ClientSecret };
    }

    private static async Task<TokenResponse> AskAsync(Func<Task<TokenResponse>> ask)
    {
        try
        {
            return await ask();
        }
        catch (TokenResponseException e)
        {
            throw new CredentialException($"Google refuses: {YouTubeRefusal.Of(e).Words}", e);
        }
        catch (NullReferenceException e)
        {
            throw new CredentialException("Google's token address is out of order. Try again later", e);
        }
    }

    private static void RequireScopes(string? granted, IReadOnlyList<string> needed)
    {
        if (GoogleFlow.Missing(granted, needed) is { Count: > 0 } missing)
            throw new CredentialException(
                $"It was not allowed to: {string.Join(", ", missing)}. Log in again and tick every box"
            );
    }

    private static async Task<YouTubeToken> LookAsync(
        LiveOptions options,
        GoogleClient client,
        YouTubeHttp http,
        TimeProvider time,
        TokenResponse response,
        TimeSpan? life,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        var token = new YouTubeToken
        {
            RefreshToken = response.RefreshToken,
            IssuedAt = now,
            ExpiresAt = now + life,
            AccessToken = response.AccessToken,
            AccessTokenIssuedAt = now,
            AccessTokenExpiresAt = now + TimeSpan.FromSeconds(response.ExpiresInSeconds ?? 0),
            Scope = response.Scope,
            ClientId = client.Id,
        };
        var signed = GoogleCredential.FromAccessToken(response.AccessToken);
        using var service = YouTubeService.At(options.Value.YouTube.ApiBaseUrl, http.AtOnce(), signed);
        if ((await ChannelsAsync(service, cancel)).Items is not [{ Id: { } id } channel, ..])
            throw new CredentialException(
                "This Google account has no YouTube channel. Make one, or choose the channel's own account when you log in"
            );
        return token with { ChannelId = id, ChannelTitle = channel.Snippet?.Title ?? id };
    }

    private static async Task<Page<ChannelResource>> ChannelsAsync(YouTubeService service, CancellationToken cancel)
    {
        try
        {
            return await service.MyChannelAsync(cancel);
        }
        catch (Google.GoogleApiException e)
        {
            throw new CredentialException($"YouTube does not show the channel: {YouTubeRefusal.Of(e).Words}", e);
        }
    }
}
