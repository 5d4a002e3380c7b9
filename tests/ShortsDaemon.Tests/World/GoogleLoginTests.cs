using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using NUnit.Framework;
using ShortsDaemon.World.Google;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class GoogleLoginTests : YouTubeTestBase
{
    private const string Redirect = "http://127.0.0.1:4321/";
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-x";

    [Test]
    public async Task Consent_leads_back_with_a_code_that_brings_tokens()
    {
        var back = await ConsentAsync();
        Assert.That(back["state"], Is.EqualTo("s1"));
        var (status, token) = await ExchangeAsync(back["code"]!);
        Assert.That(status, Is.EqualTo(200));
        Assert.That((string?)token["scope"], Is.EqualTo(string.Join(' ', GoogleScopes.Usual)));
        Assert.That((int?)token["expires_in"], Is.EqualTo(3599));
        Sandbox.Token = (string)token["access_token"]!;
        await Sandbox.GetAsync("youtube/v3/channels?part=id&mine=true");
        Assert.That((await RefreshAsync((string)token["refresh_token"]!)).Status, Is.EqualTo(200));
    }

    [TestCase("another-verifier", "Invalid code verifier.")]
    [TestCase("", "Missing code verifier.")]
    public async Task The_wrong_verifier_brings_nothing(string verifier, string words)
    {
        var (status, answer) = await ExchangeAsync((await ConsentAsync())["code"]!, verifier);
        Assert.That((status, (string?)answer["error"]), Is.EqualTo((400, "invalid_grant")));
        Assert.That((string?)answer["error_description"], Is.EqualTo(words));
    }

    [Test]
    public async Task A_code_is_good_once_and_for_ten_minutes()
    {
        var code = (await ConsentAsync())["code"]!;
        Assert.That((await ExchangeAsync(code)).Status, Is.EqualTo(200));
        Assert.That((await ExchangeAsync(code)).Status, Is.EqualTo(400));
        var late = (await ConsentAsync())["code"]!;
        Sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.That((await ExchangeAsync(late)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task The_user_says_no()
    {
        Sandbox.Google.Consent.Denies = true;
        var back = await ConsentAsync();
        Assert.That((back["error"], back["code"]), Is.EqualTo(("access_denied", (string?)null)));
    }

    [Test]
    public async Task The_user_unticks_a_scope()
    {
        Sandbox.Google.Consent.Unticks = [GoogleScopes.Manage];
        var (_, token) = await ExchangeAsync((await ConsentAsync())["code"]!);
        Assert.That((string?)token["scope"], Is.EqualTo(GoogleScopes.Upload));
    }

    [Test]
    public async Task The_user_picks_another_account()
    {
        Sandbox.YouTube.AddAccount("other", "UCother");
        Sandbox.Google.Consent.Account = "other";
        var (_, token) = await ExchangeAsync((await ConsentAsync())["code"]!);
        Sandbox.Token = (string)token["access_token"]!;
        var channel = (await Sandbox.GetAsync("youtube/v3/channels?part=id&mine=true"))["items"]![0]!;
        Assert.That((string?)channel["id"], Is.EqualTo("UCother"));
    }

    [TestCase("http://example.com/")]
    [TestCase("urn:ietf:wg:oauth:2.0:oob")]
    public async Task Only_a_loopback_address_is_led_back_to(string redirect)
    {
        using var answer = await Sandbox.SendPlainAsync(HttpMethod.Get, ConsentPath(redirect));
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("redirect_uri_mismatch"));
    }

    [Test]
    public async Task A_revoked_refresh_token_is_an_invalid_grant()
    {
        Sandbox.YouTube.Revoke("main");
        var (status, answer) = await RefreshAsync(Sandbox.RefreshToken);
        Assert.That((status, (string?)answer["error"]), Is.EqualTo((400, "invalid_grant")));
        using var used = await Sandbox.SendAsync(HttpMethod.Get, "youtube/v3/channels?part=id&mine=true");
        Assert.That((int)used.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task Revoking_one_token_kills_all_that_the_user_gave_to_the_project()
    {
        var other = Sandbox.YouTube.IssueToken("main");
        using var revoked = await Sandbox.SendPlainAsync(
            HttpMethod.Post,
            "google/revoke",
            Form(("token", other.AccessToken))
        );
        Assert.That((int)revoked.StatusCode, Is.EqualTo(200));
        Assert.That((await RefreshAsync(Sandbox.RefreshToken)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_refresh_keeps_the_refresh_token_unless_it_rotates()
    {
        Assert.That((await RefreshAsync(Sandbox.RefreshToken)).Answer["refresh_token"], Is.Null);
        Sandbox.Google.RotatesRefreshTokens = true;
        var next = (string)(await RefreshAsync(Sandbox.RefreshToken)).Answer["refresh_token"]!;
        Assert.That((await RefreshAsync(Sandbox.RefreshToken)).Status, Is.EqualTo(400), "the old one is dead");
        Assert.That((await RefreshAsync(next)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_project_in_testing_says_when_its_refresh_tokens_die()
    {
        var testing = Sandbox.Google.AddProject("testing", TimeSpan.FromDays(7));
        var back = await ConsentAsync(testing);
        var (_, token) = await ExchangeAsync(back["code"]!, project: testing);
        Assert.That((int?)token["refresh_token_expires_in"], Is.EqualTo(7 * 24 * 3600));
        Sandbox.Time.Advance(TimeSpan.FromDays(7));
        Assert.That((await RefreshAsync((string)token["refresh_token"]!, testing)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_token_works_only_with_the_client_that_made_it()
    {
        var second = Sandbox.Google.AddProject("second");
        Assert.That((await RefreshAsync(Sandbox.RefreshToken, second)).Status, Is.EqualTo(400));
        var wrong = second with { ClientId = Sandbox.Google.Project.ClientId };
        var (status, answer) = await RefreshAsync(Sandbox.RefreshToken, wrong);
        Assert.That((status, (string?)answer["error"]), Is.EqualTo((401, "invalid_client")));
    }

    [Test]
    public async Task The_hundred_and_first_token_pushes_out_the_oldest()
    {
        for (var i = 0; i < 100; i++)
            Sandbox.YouTube.IssueToken("main");
        Assert.That((await RefreshAsync(Sandbox.RefreshToken)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task An_outage_answers_503_with_nothing_in_it()
    {
        Sandbox.Google.FailTokenRequests(1);
        using var answer = await Sandbox.SendPlainAsync(HttpMethod.Post, "google/token", Form(("grant_type", "x")));
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That((await RefreshAsync(Sandbox.RefreshToken)).Status, Is.EqualTo(200));
    }

    private async Task<System.Collections.Specialized.NameValueCollection> ConsentAsync(GoogleProject? project = null)
    {
        using var answer = await Sandbox.SendPlainAsync(HttpMethod.Get, ConsentPath(Redirect, project));
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Headers.Location!.ToString(), Does.StartWith(Redirect));
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
    }

    private string ConsentPath(string redirect, GoogleProject? project = null)
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var query = HttpUtility.ParseQueryString("response_type=code&access_type=offline&state=s1&prompt=consent");
        query["client_id"] = (project ?? Sandbox.Google.Project).ClientId;
        query["redirect_uri"] = redirect;
        query["scope"] = string.Join(' ', GoogleScopes.Usual);
        query["code_challenge"] = challenge.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        query["code_challenge_method"] = "S256";
        return "google/auth?" + query;
    }

    private Task<(int Status, JsonNode Answer)> ExchangeAsync(
        string code,
        string verifier = Verifier,
        GoogleProject? project = null
    ) =>
        TokenAsync(
            project,
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", Redirect)
        );

    private Task<(int Status, JsonNode Answer)> RefreshAsync(string token, GoogleProject? project = null) =>
        TokenAsync(project, ("grant_type", "refresh_token"), ("refresh_token", token));

    private async Task<(int Status, JsonNode Answer)> TokenAsync(
        GoogleProject? project,
        params (string, string)[] fields
    )
    {
        var client = project ?? Sandbox.Google.Project;
        var form = Form([.. fields, ("client_id", client.ClientId), ("client_secret", client.ClientSecret)]);
        using var answer = await Sandbox.SendPlainAsync(HttpMethod.Post, "google/token", form);
        return ((int)answer.StatusCode, await JsonAsync(answer));
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
