using System.Net;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Tests.Sources.Twitch;

internal sealed class DeviceLoginTests
{
    private StubTwitch _stub = null!;
    private TwitchBench _bench = null!;
    private int _polls;

    [SetUp]
    public void SetUp()
    {
        _polls = 0;
        _stub = new StubTwitch();
        _bench = TwitchBench.Over(_stub);
        Answer(_ => Granted(), [DeviceLogin.Scope]);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _bench.DisposeAsync();
        _stub.Dispose();
    }

    [Test]
    public async Task A_person_confirms_after_a_while_and_the_login_is_kept()
    {
        Answer(poll => poll < 3 ? Pending() : Granted(), scopes: null);
        var began = _bench.Now;
        DevicePrompt? prompt = null;
        var kept = await _bench.RunAsync(
            _bench.Get<DeviceLogin>().RunAsync("Main", p => prompt = p, CancellationToken.None)
        );

        Assert.That(prompt!.Code, Is.EqualTo("ABCDEFGH"));
        Assert.That(prompt.Page, Is.EqualTo(new Uri("https://www.twitch.tv/activate?device-code=ABCDEFGH")));
        Assert.That(
            _stub.To("/oauth2/device").Single().Body,
            Is.EqualTo("client_id=id1&scopes=editor%3Amanage%3Aclips")
        );
        Assert.That(
            _stub.To("/oauth2/token").Select(r => r.Body),
            Is.All.EqualTo(
                "client_id=id1&scopes=editor%3Amanage%3Aclips&device_code=dev1"
                    + "&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
            )
        );
        Assert.That((_bench.Now - began).TotalSeconds, Is.InRange(15, 16), "three polls, five seconds apart");
        Assert.That((kept.Login, kept.UserId), Is.EqualTo(("boss", "77")));
        var token = await _bench.Get<AccountTokens>().GetAsync("main", CancellationToken.None);
        Assert.That(token.Access, Is.EqualTo("access1"));
    }

    [Test]
    public void A_code_that_nobody_confirms_ends()
    {
        Answer(_ => Pending(), [DeviceLogin.Scope]);
        Assert.That(RunAsync, Throws.TypeOf<CredentialException>().With.Message.Contains("in time"));
        Assert.That(File.Exists(_bench.FileOf("main")), Is.False);
    }

    [Test]
    public void A_dead_code_is_told()
    {
        Answer(_ => StubTwitch.Refused(HttpStatusCode.BadRequest, "invalid device code"), [DeviceLogin.Scope]);
        Assert.That(RunAsync, Throws.TypeOf<AuthRefusedException>().With.Message.Contains("invalid device code"));
    }

    [Test]
    public void Without_the_right_to_get_clips_nothing_is_kept()
    {
        Answer(_ => Granted(), ["user:read:email"]);
        Assert.That(RunAsync, Throws.TypeOf<CredentialException>().With.Message.Contains(DeviceLogin.Scope));
        Assert.That(File.Exists(_bench.FileOf("main")), Is.False);
    }

    [Test]
    public async Task A_moment_without_network_spoils_nothing()
    {
        Answer(poll => poll == 1 ? throw new HttpRequestException("away") : Granted(), [DeviceLogin.Scope]);
        await RunAsync();
        Assert.That(File.Exists(_bench.FileOf("main")));
    }

    private Task<TwitchAccount> RunAsync() =>
        _bench.RunAsync(_bench.Get<DeviceLogin>().RunAsync("main", _ => { }, CancellationToken.None));

    private void Answer(Func<int, HttpResponseMessage> poll, string[]? scopes) =>
        _stub.Answer = r =>
            r.Path switch
            {
                "/oauth2/device" => StubTwitch.Json(
                    new
                    {
                        device_code = "dev1",
                        expires_in = 60,
                        interval = 5,
                        user_code = "ABCDEFGH",
                        verification_uri = "https://www.twitch.tv/activate?device-code=ABCDEFGH",
                    }
                ),
                "/oauth2/validate" => StubTwitch.Json(
                    new
                    {
                        client_id = "id1",
                        login = "boss",
                        user_id = "77",
                        scopes,
                        expires_in = 14157,
                    }
                ),
                _ => poll(++_polls),
            };

    private static HttpResponseMessage Pending() =>
        StubTwitch.Refused(HttpStatusCode.BadRequest, "authorization_pending");

    private static HttpResponseMessage Granted() =>
        StubTwitch.Json(
            new
            {
                access_token = "access1",
                refresh_token = "refresh1",
                expires_in = 14400,
                token_type = "bearer",
            }
        );
}
