using Google.Apis.Auth.OAuth2;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>One login, ready to be used.</summary>
public sealed class YouTubeAccount
{
    private readonly Signature _signature;
    private readonly LiveOptions _options;
    private readonly YouTubeHttp _http;

    internal YouTubeAccount(
        string name,
        YouTubeToken token,
        GoogleClient client,
        UserCredential credential,
        LiveOptions options,
        YouTubeHttp http,
        TimeProvider time
    )
    {
        (Name, Token, Client) = (name, token, client);
        (_signature, _options, _http) = (new Signature(credential), options, http);
        Pause = new AskedPause(time);
    }

    public string Name { get; }
    public YouTubeToken Token { get; }
    public GoogleClient Client { get; }

    internal AskedPause Pause { get; }

    /// <summary>What is shut when the account must log in again: "account:YouTube/main".</summary>
    public string Scope => ScopeOf(Name);

    public static string ScopeOf(string account) => PostingPlace.AccountDoor(SubjectOf(account));

    /// <summary>What alerts call it: "YouTube/main".</summary>
    public static string SubjectOf(string account) => "YouTube/" + account;

    /// <summary>The channel it uploads to, as YouTube tells it now. Proves that the login works; costs 1 unit.</summary>
    /// <returns>Null when the account has no channel.</returns>
    public async Task<(string Id, string Title)?> ChannelAsync(CancellationToken cancel)
    {
        using var service = Calls();
        var page = await service.MyChannelAsync(cancel);
        return page.Items is [{ Id: { } id } channel, ..] ? (id, channel.Snippet?.Title ?? id) : null;
    }

    /// <summary>Sees to it that the access token is good.</summary>
    internal Task SignAsync(CancellationToken cancel) => _signature.SignAsync(cancel);

    internal YouTubeService Calls() => Service(_http.Calls(Pause.Reader()));

    // How long an upload may take nobody knows; the watch sees whether it stands still.
    internal YouTubeService Uploads(DelegatingHandler watch) => Service(_http.Factory(watch, Pause.Reader()));

    private YouTubeService Service(Google.Apis.Http.IHttpClientFactory http) =>
        YouTubeService.At(_options.Value.YouTube.ApiBaseUrl, http, _signature);
}
