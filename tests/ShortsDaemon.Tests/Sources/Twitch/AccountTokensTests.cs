using System.Net;
using System.Net.Http;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>A refresh token works once, so its exchange is the one call that must not be repeated.</summary>
internal sealed class AccountTokensTests
{
    private StubTwitch _stub = null!;
    private TwitchBench _bench = null!;

    private AccountTokens Tokens => _bench.Get<AccountTokens>();

    [SetUp]
    public async Task SetUp()
    {
        _stub = new StubTwitch();
        _bench = TwitchBench.Over(_stub);
        await _bench.LogInAsync("main", "boss", new UserTokens("old+access", "old/refresh"));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _bench.DisposeAsync();
        _stub.Dispose();
    }

    [Test]
    public async Task Five_at_once_renew_once_and_the_new_pair_is_on_disk()
    {
        _stub.Answer = _ => Pair();
        await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => Tokens.RenewAsync("main", "old+access", CancellationToken.None))
        );

        Assert.That(
            _stub.Sent.Single(),
            Is.EqualTo(
                new SentRequest(
                    "POST",
                    "/oauth2/token",
                    "",
                    null,
                    null,
                    "client_id=id1&client_secret=secret1&grant_type=refresh_token&refresh_token=old%2Frefresh"
                )
            )
        );
        var kept = await ReadAsync();
        Assert.That(
            (kept.AccessToken, kept.RefreshToken, kept.LoginNeeded),
            Is.EqualTo(("new-access", "new-refresh", (string?)null))
        );
        Assert.That((await Tokens.GetAsync("main", CancellationToken.None)).Access, Is.EqualTo("new-access"));
        Assert.That(
            File.GetUnixFileMode(_bench.FileOf("main")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
    }

    [Test]
    public async Task Before_the_exchange_the_file_says_that_its_answer_may_be_lost()
    {
        string? meanwhile = null;
        _stub.Answer = _ =>
        {
            meanwhile = File.ReadAllText(_bench.FileOf("main"));
            return Pair();
        };
        await Tokens.RenewAsync("main", "old+access", CancellationToken.None);
        Assert.That(meanwhile, Does.Contain("was lost"));
    }

    [Test]
    public async Task A_lost_answer_is_never_asked_for_again()
    {
        _stub.Answer = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut");
        await AssertNeedsLoginAsync("lost");
        _stub.Answer = _ => Pair();
        await AssertNeedsLoginAsync("lost");

        _bench.Flow.Restart();
        await AssertNeedsLoginAsync("lost");
        Assert.That(_stub.Sent, Has.Count.EqualTo(1));
        Assert.That(
            (await Tokens.GetAsync("main", CancellationToken.None)).Access,
            Is.EqualTo("old+access"),
            "it works for hours still"
        );
        Assert.That(await _bench.OpenAlertsAsync(), Has.Count.EqualTo(1));

        await _bench.LogInAsync("main", "boss", new UserTokens("a", "b"));
        await Tokens.RenewAsync("main", "a", CancellationToken.None);
        Assert.That(await _bench.OpenAlertsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_question_that_never_left_and_an_answer_that_says_not_now_may_be_asked_again()
    {
        _stub.Answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        Assert.CatchAsync<UnavailableException>(() => Tokens.RenewAsync("main", "old+access", CancellationToken.None));
        _stub.Answer = _ => StubTwitch.Refused(HttpStatusCode.ServiceUnavailable, "later");
        Assert.CatchAsync<UnavailableException>(() => Tokens.RenewAsync("main", "old+access", CancellationToken.None));
        Assert.That(await _bench.OpenAlertsAsync(), Is.Empty);

        _stub.Answer = _ => Pair();
        await Tokens.RenewAsync("main", "old+access", CancellationToken.None);
        Assert.That((await ReadAsync()).AccessToken, Is.EqualTo("new-access"));
    }

    [Test]
    public async Task A_dead_refresh_token_is_told_once_with_the_mend()
    {
        _stub.Answer = _ => StubTwitch.Refused(HttpStatusCode.BadRequest, "Invalid refresh token");
        await AssertNeedsLoginAsync("Invalid refresh token");
        await AssertNeedsLoginAsync("Invalid refresh token");
        Assert.That(_stub.Sent, Has.Count.EqualTo(1));
        var alert = (await _bench.OpenAlertsAsync()).Single();
        Assert.That((alert.Rule, alert.Subject), Is.EqualTo(("CredentialRevoked", "Twitch/main")));
    }

    [Test]
    public async Task Validation_asks_in_the_old_scheme_and_renews_what_is_no_longer_valid()
    {
        _stub.Answer = r =>
            r.Path == "/oauth2/validate"
                ? StubTwitch.Refused(HttpStatusCode.Unauthorized, "invalid access token")
                : Pair();
        await Tokens.ValidateAsync("main", CancellationToken.None);
        Assert.That(_stub.To("/oauth2/validate").Single().Authorization, Is.EqualTo("OAuth old+access"));
        Assert.That((await ReadAsync()).AccessToken, Is.EqualTo("new-access"));
    }

    [Test]
    public async Task Bad_files_are_told_with_the_mend()
    {
        var path = _bench.FileOf("main");
        await AssertRefusedAsync("other", "no login yet");
        await SecretFile.WriteAsync(path, "{ \"access_token\": \"hush\" ", CancellationToken.None);
        await AssertRefusedAsync("main", "not a token file");
        await _bench.LogInAsync("main", "boss", new UserTokens("a", "b"));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await AssertRefusedAsync("main", "chmod 600");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _bench.Configure(new TwitchOptions { ClientId = "id2", ClientSecret = "x" });
        await AssertRefusedAsync("main", "another application");
    }

    [Test]
    public void Nothing_that_holds_a_secret_shows_it() =>
        Assert.That(
            new object[]
            {
                new UserToken("hush"),
                new TokenAnswer { AccessToken = "hush" },
            }.Select(o => o.ToString()),
            Has.None.Contain("hush")
        );

    private async Task AssertNeedsLoginAsync(string why)
    {
        var e = Assert.ThrowsAsync<CredentialException>(() =>
            Tokens.RenewAsync("main", "old+access", CancellationToken.None)
        );
        Assert.That(e!.Message, Does.Contain(why).And.Contain("auth twitch main").And.Not.Contain("old/refresh"));
        Assert.That(await _bench.OpenAlertsAsync(), Has.Count.EqualTo(1));
    }

    private Task AssertRefusedAsync(string account, string why)
    {
        var e = Assert.ThrowsAsync<CredentialException>(() => Tokens.GetAsync(account, CancellationToken.None));
        Assert.That(e!.Message, Does.Contain(why).And.Not.Contain("hush"));
        return Task.CompletedTask;
    }

    private static HttpResponseMessage Pair() =>
        StubTwitch.Json(
            new
            {
                access_token = "new-access",
                refresh_token = "new-refresh",
                expires_in = 14400,
                scope = new[] { DeviceLogin.Scope },
            }
        );

    private Task<TwitchAccount> ReadAsync() =>
        _bench.Get<TwitchAccountFiles>().ReadAsync("main", CancellationToken.None);
}
