using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>Gives out tokens: for the application, for a refresh token, for a device login.</summary>
internal sealed class TokenGrants(TwitchWorld twitch, DeviceLogins devices)
{
    public async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != TwitchWorld.ClientId)
            return TwitchAnswers.AuthError(400, "invalid client");
        var secret = form["client_secret"].ToString();
        if (secret.Length > 0 && secret != TwitchWorld.ClientSecret)
            return TwitchAnswers.AuthError(403, "invalid client secret");
        return form["grant_type"].ToString() switch
        {
            "client_credentials" => secret.Length > 0 ? App() : SecretMissing(),
            "refresh_token" => secret.Length > 0 || twitch.Switches.PublicClient ? Refresh(form) : SecretMissing(),
            "urn:ietf:params:oauth:grant-type:device_code" => Device(form["device_code"].ToString()),
            "" => TwitchAnswers.AuthError(400, "missing grant type"),
            _ => TwitchAnswers.AuthError(400, "invalid grant type"),
        };
    }

    public async Task<IResult> DeviceAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != TwitchWorld.ClientId)
            return TwitchAnswers.AuthError(400, "invalid client");
        var scopes = form["scopes"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (device, user) = devices.Start(scopes);
        return TwitchAnswers.Json(
            new
            {
                DeviceCode = device,
                ExpiresIn = (int)DeviceLogins.Life.TotalSeconds,
                Interval = twitch.Switches.DeviceInterval,
                UserCode = user,
                VerificationUri = $"https://www.twitch.tv/activate?device-code={user}",
            }
        );
    }

    private IResult App()
    {
        var token = twitch.Tokens.GrantApp();
        return TwitchAnswers.Json(
            new
            {
                AccessToken = token.Access,
                ExpiresIn = token.SecondsLeft(twitch.Time.GetUtcNow()),
                TokenType = "bearer",
            }
        );
    }

    private IResult Refresh(IFormCollection form) =>
        twitch.Tokens.Refresh(form["refresh_token"].ToString()) is { } granted
            ? User(granted, omitScope: false)
            : TwitchAnswers.AuthError(400, "Invalid refresh token");

    private IResult Device(string deviceCode)
    {
        if (deviceCode.Length == 0)
            return TwitchAnswers.AuthError(400, "missing device_code");
        return devices.Poll(deviceCode) switch
        {
            (false, _) => TwitchAnswers.AuthError(400, "invalid device code"),
            (true, null) => TwitchAnswers.AuthError(400, "authorization_pending"),
            (true, { } granted) => User(granted, twitch.Switches.OmitScope),
        };
    }

    private IResult User(GrantedUser granted, bool omitScope)
    {
        var answer = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["access_token"] = granted.Tokens.Access,
            ["refresh_token"] = granted.Tokens.Refresh,
            ["token_type"] = "bearer",
            ["expires_in"] = granted.Token.SecondsLeft(twitch.Time.GetUtcNow()),
        };
        if (!omitScope)
            answer["scope"] = granted.Token.Scopes;
        return TwitchAnswers.Json(answer);
    }

    private static IResult SecretMissing() => TwitchAnswers.AuthError(400, "missing client secret");
}
