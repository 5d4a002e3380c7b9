using System.Net;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.World.Twitch;
using ClipWindow = ShortsDaemon.Pipeline.Sources.TwitchClips.ClipWindow;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>What goes over the wire to Helix, to the letter, and what its refusals do.</summary>
internal sealed class HelixWireTests
{
    private static readonly string[] Ids = ["Brave-Otter_1-", "Calm_Fox-"];

    private StubTwitch _stub = null!;
    private TwitchBench _bench = null!;
    private int _tokens;

    private HelixClient Helix => _bench.Get<HelixClient>();

    [SetUp]
    public void SetUp()
    {
        _tokens = 0;
        _stub = new StubTwitch();
        Answer(_ => StubTwitch.Json(new { data = Array.Empty<int>(), pagination = new { } }));
        _bench = TwitchBench.Over(_stub);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _bench.DisposeAsync();
        _stub.Dispose();
    }

    [Test]
    public async Task Lists_are_repeated_parameters_and_ids_are_data()
    {
        await Helix.ClipsAsync(Ids, CancellationToken.None);
        await Helix.UsersAsync(["1", "2"], ["some_one"], CancellationToken.None);

        Assert.That(
            _stub.To("/helix/clips").Single(),
            Is.EqualTo(
                new SentRequest(
                    "GET",
                    "/helix/clips",
                    "?id=Brave-Otter_1-&id=Calm_Fox-&first=100",
                    "Bearer token1",
                    "id1",
                    ""
                )
            )
        );
        Assert.That(_stub.To("/helix/users").Single().Query, Is.EqualTo("?id=1&id=2&login=some_one"));
    }

    [Test]
    public async Task A_window_has_both_ends_and_goes_forward_only()
    {
        var window = new ClipWindow(
            0,
            new(2026, 1, 14, 13, 0, 0, TimeSpan.Zero),
            new(2026, 1, 15, 13, 0, 0, TimeSpan.Zero)
        );
        await Helix.ClipsAsync("1001", window, "eyJ=+/&", CancellationToken.None);

        Assert.That(
            _stub.To("/helix/clips").Single().Query,
            Is.EqualTo(
                "?broadcaster_id=1001&started_at=2026-01-14T13%3A00%3A00Z&ended_at=2026-01-15T13%3A00%3A00Z&first=100&after=eyJ%3D%2B%2F%26"
            )
        );
    }

    [Test]
    public async Task The_application_token_is_asked_for_by_form_and_kept()
    {
        await Helix.GamesAsync(["5"], CancellationToken.None);
        await Helix.GamesAsync(["6"], CancellationToken.None);

        var asked = _stub.To("/oauth2/token").Single();
        Assert.That(
            (asked.Method, asked.Body, asked.Authorization, asked.Query),
            Is.EqualTo(("POST", "client_id=id1&client_secret=secret1&grant_type=client_credentials", (string?)null, ""))
        );
    }

    [Test]
    public async Task A_download_is_asked_for_by_the_owner_of_the_token()
    {
        Answer(_ =>
            StubTwitch.Json(
                new { data = new[] { new { clip_id = "A-", landscape_download_url = "https://cdn.example/a?sig=x" } } }
            )
        );
        await _bench.LogInAsync("main", "boss", new UserTokens("user1", "refresh1"));

        var address = await Helix.DownloadAsync("A-", "1001", "main", CancellationToken.None);

        Assert.That(address, Is.EqualTo(new Uri("https://cdn.example/a?sig=x")));
        var asked = _stub.To("/helix/clips/downloads").Single();
        Assert.That(asked.Query, Is.EqualTo("?editor_id=77&broadcaster_id=1001&clip_id=A-"));
        Assert.That(asked.Authorization, Is.EqualTo("Bearer user1"));
    }

    [Test]
    public async Task An_account_that_is_no_editor_there_is_a_matter_for_a_person()
    {
        Answer(_ => StubTwitch.Refused(HttpStatusCode.Forbidden, "not an editor"));
        await _bench.LogInAsync("main", "boss", new UserTokens("user1", "refresh1"));
        var e = Assert.ThrowsAsync<CredentialException>(() =>
            Helix.DownloadAsync("A-", "1001", "main", CancellationToken.None)
        );
        Assert.That(e!.Message, Does.Contain("'main' neither owns nor edits"));
    }

    [Test]
    public async Task Parallel_refusals_renew_the_token_once_and_each_call_is_tried_once_more()
    {
        await Helix.GamesAsync(["0"], CancellationToken.None);
        var gate = new TaskCompletionSource();
        _stub.Gate = gate.Task;
        Answer(r =>
            r.Authorization == "Bearer token1"
                ? StubTwitch.Refused(HttpStatusCode.Unauthorized, "Invalid OAuth token")
                : StubTwitch.Json(new { data = Array.Empty<int>() })
        );
        var calls = Enumerable.Range(0, 10).Select(i => Helix.GamesAsync([$"{i}"], CancellationToken.None)).ToList();
        while (_stub.To("/helix/games").Count < 11)
            await Task.Delay(1);
        gate.SetResult();
        await Task.WhenAll(calls);

        Assert.That(_stub.To("/oauth2/token"), Has.Count.EqualTo(2));
        Assert.That(_stub.To("/helix/games"), Has.Count.EqualTo(21));
    }

    [Test]
    public void A_token_that_is_refused_twice_is_a_matter_for_a_person()
    {
        Answer(_ => StubTwitch.Refused(HttpStatusCode.Unauthorized, "Client ID and OAuth token do not match"));

        var e = Assert.ThrowsAsync<CredentialException>(() => Helix.GamesAsync(["1"], CancellationToken.None));

        Assert.That(e!.Message, Does.Contain("do not match").And.Contain("Twitch:ClientId"));
        Assert.That(_stub.To("/helix/games"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Too_many_calls_wait_as_long_as_they_are_told_and_so_does_everybody_else()
    {
        var refused = 0;
        Answer(_ =>
            Interlocked.Increment(ref refused) == 1 ? TooMany(a => a.Headers.Add("Retry-After", "7")) : Empty()
        );
        var first = Helix.GamesAsync(["1"], CancellationToken.None);
        await WaitForTimerAsync();
        var second = Helix.GamesAsync(["2"], CancellationToken.None);
        _bench.Clock.Advance(TimeSpan.FromSeconds(6.9));
        await Task.Delay(20);
        Assert.That(_stub.To("/helix/games"), Has.Count.EqualTo(1));

        await _bench.RunAsync(Task.WhenAll(first, second));
        Assert.That(_stub.To("/helix/games"), Has.Count.EqualTo(3));
        Assert.That(
            _bench.Now - new DateTimeOffset(2026, 1, 15, 12, 0, 7, TimeSpan.Zero),
            Is.LessThan(TimeSpan.FromSeconds(3))
        );
    }

    [Test]
    public async Task The_reset_is_read_by_their_clock_when_ours_is_off()
    {
        // Theirs is an hour ahead; the bucket is full again in 20 s.
        var theirs = _bench.Now.AddHours(1);
        var refused = 0;
        Answer(_ =>
            Interlocked.Increment(ref refused) > 1
                ? Empty()
                : TooMany(a =>
                {
                    a.Headers.Date = theirs;
                    a.Headers.Add("Ratelimit-Reset", $"{theirs.AddSeconds(20).ToUnixTimeSeconds()}");
                })
        );
        var began = _bench.Now;
        await _bench.RunAsync(Helix.GamesAsync(["1"], CancellationToken.None));
        Assert.That((_bench.Now - began).TotalSeconds, Is.InRange(20, 23));
    }

    [Test]
    public void A_limit_that_stays_used_up_tells_when_to_come_back()
    {
        Answer(_ => TooMany(a => a.Headers.Add("Retry-After", "2")));
        var e = Assert.ThrowsAsync<NotYetException>(() =>
            _bench.RunAsync(Helix.GamesAsync(["1"], CancellationToken.None))
        );
        Assert.That((e!.Until - _bench.Now).TotalSeconds, Is.InRange(1.5, 3));
    }

    [Test]
    public void What_is_no_json_is_told_without_its_text()
    {
        Answer(_ => StubTwitch.Text("<html>secret corner</html>", HttpStatusCode.OK, "text/html"));
        var e = Assert.ThrowsAsync<UnavailableException>(() => Helix.GamesAsync(["1"], CancellationToken.None));
        Assert.That(e!.Message, Does.Contain("games").And.Contain("text/html").And.Not.Contain("corner"));
    }

    [TestCase(HttpStatusCode.BadRequest)]
    [TestCase(HttpStatusCode.Forbidden)]
    [TestCase(HttpStatusCode.InternalServerError)]
    public void Other_refusals_keep_their_status(HttpStatusCode status)
    {
        Answer(_ => StubTwitch.Refused(status, "because"));
        var e = Assert.ThrowsAsync<HelixException>(() => Helix.GamesAsync(["1"], CancellationToken.None));
        Assert.That((e!.Status, e.Message), Is.EqualTo((status, $"Twitch answered games with {(int)status}: because")));
    }

    [Test]
    public async Task A_wrong_secret_is_told_once_and_not_tried_again_at_once()
    {
        _stub.Answer = _ => StubTwitch.Refused(HttpStatusCode.Forbidden, "invalid client secret");
        for (var i = 0; i < 5; i++)
        {
            var e = Assert.ThrowsAsync<CredentialException>(() => Helix.GamesAsync(["1"], CancellationToken.None));
            Assert.That(e!.Message, Does.Contain("Twitch:ClientSecret").And.Not.Contain("secret1"));
        }
        Assert.That(_stub.Sent, Has.Count.EqualTo(1));
        var alert = (await _bench.OpenAlertsAsync()).Single();
        Assert.That((alert.Rule, alert.Subject), Is.EqualTo(("CredentialRevoked", "Twitch/application")));

        Answer(_ => Empty());
        _bench.Configure(new TwitchOptions { ClientId = "id1", ClientSecret = "right" });
        await Helix.GamesAsync(["1"], CancellationToken.None);
        Assert.That(await _bench.OpenAlertsAsync(), Is.Empty);
    }

    private void Answer(Func<SentRequest, HttpResponseMessage> helix) =>
        _stub.Answer = r =>
            r.Path == "/oauth2/token"
                ? StubTwitch.Json(
                    new { access_token = $"token{Interlocked.Increment(ref _tokens)}", expires_in = 5011271 }
                )
                : helix(r);

    private static HttpResponseMessage Empty() => StubTwitch.Json(new { data = Array.Empty<int>() });

    private static HttpResponseMessage TooMany(Action<HttpResponseMessage> change)
    {
        var answer = StubTwitch.Refused(HttpStatusCode.TooManyRequests, "slow");
        change(answer);
        return answer;
    }

    private async Task WaitForTimerAsync()
    {
        while (_bench.Clock.WaitingTimers == 0)
            await Task.Delay(1);
    }
}
