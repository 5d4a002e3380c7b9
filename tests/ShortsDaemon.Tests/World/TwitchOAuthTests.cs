using NUnit.Framework;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.World;

internal sealed class TwitchOAuthTests : TwitchTestBase
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    [Test]
    public async Task An_app_token_has_no_user_and_no_refresh_token()
    {
        var answer = await PostAsync("oauth2/token", [.. Application, ("grant_type", "client_credentials")]);

        Assert.That(answer.Json.TryGetProperty("refresh_token", out _), Is.False);
        Assert.That(answer.Json.GetProperty("expires_in").GetInt32(), Is.EqualTo(5011271));
        var valid = await ValidateAsync(answer.Json.GetProperty("access_token").GetString()!);
        Assert.That(valid.Json.TryGetProperty("login", out _), Is.False);
        Assert.That(valid.Json.GetProperty("client_id").GetString(), Is.EqualTo(TwitchWorld.ClientId));
    }

    [Test]
    public async Task The_settings_name_the_registered_application()
    {
        var answer = await PostAsync(
            World.Settings["Twitch:AuthBaseUrl"] + "token",
            ("client_id", World.Settings["Twitch:ClientId"]),
            ("client_secret", World.Settings["Twitch:ClientSecret"]),
            ("grant_type", "client_credentials")
        );

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_wrong_secret_is_forbidden_a_wrong_client_bad_and_a_get_not_there()
    {
        var secret = await PostAsync("oauth2/token", ("client_id", TwitchWorld.ClientId), ("client_secret", "x"));
        var client = await PostAsync("oauth2/token", ("client_id", "x"));
        var get = await GetAsync("oauth2/token");

        Assert.That((secret.Status, secret.Message), Is.EqualTo((403, "invalid client secret")));
        Assert.That((client.Status, client.Message), Is.EqualTo((400, "invalid client")));
        Assert.That(get.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_refresh_token_works_once_and_its_second_use_costs_everything()
    {
        Twitch.AddBroadcaster("streamer");
        var granted = Twitch.GrantUserToken("streamer", "editor:manage:clips");

        var first = await RefreshAsync(granted.Refresh);
        var second = await RefreshAsync(granted.Refresh);

        Assert.That(first.Json.GetProperty("expires_in").GetInt32(), Is.EqualTo(14400));
        Assert.That(first.Json.GetProperty("scope")[0].GetString(), Is.EqualTo("editor:manage:clips"));
        Assert.That((second.Status, second.Message), Is.EqualTo((400, "Invalid refresh token")));
        var rotated = await ValidateAsync(first.Json.GetProperty("access_token").GetString()!);
        Assert.That(rotated.Status, Is.EqualTo(401));
        var newer = await RefreshAsync(first.Json.GetProperty("refresh_token").GetString()!);
        Assert.That(newer.Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Only_a_public_client_refreshes_without_its_secret()
    {
        Twitch.AddBroadcaster("streamer");
        var form = Refreshing(Twitch.GrantUserToken("streamer").Refresh, ("client_id", TwitchWorld.ClientId));

        var confidential = await PostAsync("oauth2/token", form);
        Twitch.Switches.PublicClient = true;
        var open = await PostAsync("oauth2/token", form);

        Assert.That((confidential.Status, confidential.Message), Is.EqualTo((400, "missing client secret")));
        Assert.That(open.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_device_login_is_pending_with_400_and_then_works_once()
    {
        Twitch.AddBroadcaster("streamer");
        Twitch.Switches.DevicePendingPolls = 2;
        var started = await PostAsync("oauth2/device", ("client_id", TwitchWorld.ClientId), ("scopes", "a b"));
        var code = started.Json.GetProperty("device_code").GetString()!;

        var polls = new List<Answer> { await PollAsync(code) };
        Twitch.Switches.DeviceLogin = "streamer";
        for (var i = 0; i < 4; i++)
            polls.Add(await PollAsync(code));

        Assert.That(polls.ConvertAll(poll => poll.Status), Is.EqualTo(new[] { 400, 400, 400, 200, 400 }));
        Assert.That(polls[0].Message, Is.EqualTo("authorization_pending"));
        Assert.That(polls[0].Json.TryGetProperty("error", out _), Is.False);
        Assert.That(polls[4].Message, Is.EqualTo("invalid device code"));
        var valid = await ValidateAsync(polls[3].Json.GetProperty("access_token").GetString()!);
        Assert.That(valid.Json.GetProperty("login").GetString(), Is.EqualTo("streamer"));
        Assert.That(valid.Json.GetProperty("scopes").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_device_code_expires_and_the_scope_may_be_left_out()
    {
        Twitch.AddBroadcaster("streamer");
        (Twitch.Switches.DeviceLogin, Twitch.Switches.DevicePendingPolls, Twitch.Switches.OmitScope) = (
            "streamer",
            0,
            true
        );
        var old = await PostAsync("oauth2/device", ("client_id", TwitchWorld.ClientId), ("scopes", "a"));
        Clock.Advance(TimeSpan.FromMinutes(31));
        var young = await PostAsync("oauth2/device", ("client_id", TwitchWorld.ClientId), ("scopes", "a"));

        var expired = await PollAsync(old.Json.GetProperty("device_code").GetString()!);
        var granted = await PollAsync(young.Json.GetProperty("device_code").GetString()!);

        Assert.That(expired.Message, Is.EqualTo("invalid device code"));
        Assert.That(granted.Json.TryGetProperty("scope", out _), Is.False);
    }

    [Test]
    public async Task Tokens_expire_by_the_worlds_clock_can_be_revoked_and_expired()
    {
        Twitch.AddBroadcaster("streamer");
        var user = Twitch.GrantUserToken("streamer");
        var statuses = new List<int> { (await ValidateAsync(user.Access)).Status };
        Clock.Advance(TimeSpan.FromHours(4));
        statuses.Add((await ValidateAsync(user.Access)).Status);

        user = Twitch.GrantUserToken("streamer");
        Twitch.ExpireTokens();
        statuses.Add((await ValidateAsync(user.Access)).Status);
        var refreshed = await RefreshAsync(user.Refresh);
        var access = refreshed.Json.GetProperty("access_token").GetString()!;
        statuses.Add((await PostAsync("oauth2/revoke", [.. Application, ("token", access)])).Status);
        statuses.Add((await ValidateAsync(access)).Status);
        Twitch.RevokeUserToken("streamer");
        statuses.Add((await RefreshAsync(refreshed.Json.GetProperty("refresh_token").GetString()!)).Status);

        Assert.That(statuses, Is.EqualTo(new[] { 200, 401, 401, 200, 401, 400 }));
    }

    [Test]
    public async Task Validate_may_say_null_scopes_and_knows_the_login_of_today()
    {
        Twitch.AddBroadcaster("streamer", "77");
        var token = Twitch.GrantUserToken("streamer", "a");
        Twitch.Switches.NullScopes = true;
        Twitch.Rename("streamer", "streamer_tv");

        var valid = await ValidateAsync(token.Access);

        Assert.That(valid.Json.GetProperty("scopes").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That(valid.Json.GetProperty("login").GetString(), Is.EqualTo("streamer_tv"));
        Assert.That(valid.Json.GetProperty("user_id").GetString(), Is.EqualTo("77"));
    }

    private Task<Answer> ValidateAsync(string token) => GetAsync("oauth2/validate", $"OAuth {token}", clientId: null);

    private Task<Answer> RefreshAsync(string token) => PostAsync("oauth2/token", Refreshing(token, Application));

    private Task<Answer> PollAsync(string code) =>
        PostAsync(
            "oauth2/token",
            [.. Application, ("grant_type", DeviceGrant), ("device_code", code), ("scopes", "a b")]
        );

    private static (string, string)[] Refreshing(string token, params (string, string)[] application) =>
        [.. application, ("grant_type", "refresh_token"), ("refresh_token", token)];
}
