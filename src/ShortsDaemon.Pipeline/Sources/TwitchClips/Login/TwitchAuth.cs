using System.Net;
using System.Net.Http.Headers;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

/// <summary>The questions to Twitch's token server. It keeps nothing and tries nothing twice.</summary>
public sealed class TwitchAuth(TwitchHttp http, LiveOptions options)
{
    private const string Pending = "authorization_pending";
    private const string TooFast = "slow_down";

    private TwitchOptions Twitch => options.Value.Twitch;

    /// <summary>A token of the application itself.</summary>
    public Task<TokenAnswer> ApplicationTokenAsync(CancellationToken cancel) =>
        PostAsync<TokenAnswer>("token", [.. Client, Secret, ("grant_type", "client_credentials")], cancel);

    /// <summary>Changes a refresh token for new ones. The old one is then dead, whether we get the answer or not.</summary>
    internal Task<TokenAnswer> RefreshAsync(string refreshToken, CancellationToken cancel) =>
        PostAsync<TokenAnswer>(
            "token",
            [.. Client, Secret, ("grant_type", "refresh_token"), ("refresh_token", refreshToken)],
            cancel
        );

    /// <summary>Begins a login that a person finishes in any browser.</summary>
    internal Task<DeviceAnswer> BeginDeviceAsync(string scopes, CancellationToken cancel) =>
        PostAsync<DeviceAnswer>("device", [.. Client, ("scopes", scopes)], cancel);

    /// <returns>Null: the person has not finished yet.</returns>
    internal async Task<TokenAnswer?> PollDeviceAsync(string deviceCode, string scopes, CancellationToken cancel)
    {
        const string Grant = "urn:ietf:params:oauth:grant-type:device_code";
        try
        {
            return await PostAsync<TokenAnswer>(
                "token",
                [.. Client, ("scopes", scopes), ("device_code", deviceCode), ("grant_type", Grant)],
                cancel
            );
        }
        catch (AuthRefusedException e) when (e.Why is Pending or TooFast)
        {
            return null;
        }
    }

    /// <returns>Whose token it is and what it may do; null: it is no longer valid.</returns>
    public async Task<Validation?> ValidateAsync(string accessToken, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf("validate"));
        // This one host wants the old scheme; Helix refuses it.
        request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", accessToken);
        using var answer = await http.SendAsync(request, "validate", cancel);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            return null;
        await RequireOkAsync(answer, "validate", cancel);
        return await TwitchHttp.ReadAsync<Validation>(answer, "validate", cancel);
    }

    private (string, string)[] Client => [("client_id", Twitch.ClientId)];

    private (string, string) Secret => ("client_secret", Twitch.ClientSecret);

    private async Task<T> PostAsync<T>(string path, (string Name, string Value)[] form, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path));
        request.Content = new FormUrlEncodedContent(
            form.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))
        );
        using var answer = await http.SendAsync(request, path, cancel);
        await RequireOkAsync(answer, path, cancel);
        return await TwitchHttp.ReadAsync<T>(answer, path, cancel);
    }

    private string AddressOf(string path) => $"{Twitch.AuthBaseUrl.TrimEnd('/')}/{path}";

    private static async Task RequireOkAsync(HttpResponseMessage answer, string path, CancellationToken cancel)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
            return;
        var why = await TwitchHttp.WhyAsync(answer, cancel);
        throw (int)answer.StatusCode is >= 500 or 429
            ? new ProviderDownException($"Twitch answered {path} with {(int)answer.StatusCode}: {why}")
            {
                Status = answer.StatusCode,
            }
            : new AuthRefusedException(why);
    }
}

/// <summary>The token server has said no: the client, the secret, the code or the refresh token is wrong.</summary>
/// <param name="why">In Twitch's words.</param>
public sealed class AuthRefusedException(string why) : UnavailableException($"Twitch refuses the login: {why}")
{
    public string Why { get; } = why;
}
