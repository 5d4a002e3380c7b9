using System.Net;
using System.Net.Http.Headers;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Providers;

internal sealed class ProviderClientsTests
{
    private const string Good = """{"data":[1,{"a":"b"}]}""";

    private FlowWorld _world = null!;
    private ProviderClients _clients = null!;
    private RawServer? _server;

    [SetUp]
    public void MakeWorld()
    {
        _world = new FlowWorld();
        _clients = Clients(
            new Patience
            {
                FirstPause = TimeSpan.FromMilliseconds(1),
                LongestPause = TimeSpan.FromSeconds(1),
                Attempt = TimeSpan.FromMilliseconds(500),
            }
        );
    }

    [TearDown]
    public void CleanUp()
    {
        _clients.Dispose();
        _server?.Dispose();
        _world.Dispose();
    }

    [Test]
    public async Task A_stumble_is_repeated()
    {
        Serve((n, _) => n < 3 ? RawServer.Text(503, "") : RawServer.Json(200, Good));
        Assert.That(await _clients.Of("Twitch").GetStringAsync(At("x")), Is.EqualTo(Good));
        Assert.That(_server!.Requests, Has.Count.EqualTo(3));
        Assert.That(await _world.Get<Breakers>().ListAsync(CancellationToken.None), Is.Empty, "one call that worked");
    }

    [Test]
    public void What_may_have_worked_is_not_repeated()
    {
        Serve((_, _) => RawServer.Text(503, ""));
        var e = Assert.ThrowsAsync<ProviderDownException>(() => PostAsync());
        Assert.That(e!.Message, Is.EqualTo("Twitch POST /helix/x answered 503"));
        Assert.That(_server!.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("<html>Please log in</html>", "HTML instead of JSON")]
    [TestCase("{\"data\":[{\"id\":\"a", "something broken instead of JSON")]
    public void A_good_status_with_a_body_that_is_no_JSON_is_told(string body, string words)
    {
        Serve((_, _) => RawServer.Json(200, body));
        AssertDown($"Twitch GET /helix/x answered 200 with {words}");
        Assert.That(_server!.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void An_answer_cut_in_its_middle_is_told()
    {
        Serve(
            (_, _) =>
                RawServer
                    .Json(200, Good)
                    .Replace("Content-Length: 22", "Content-Length: 2200", StringComparison.Ordinal)
        );
        AssertDown("Twitch GET /helix/x: the connection was cut before the answer was whole");
    }

    [Test]
    public void A_connection_that_is_cut_at_once_is_told()
    {
        Serve((_, _) => "");
        AssertDown("Twitch GET /helix/x: the connection was cut before the answer was whole");
    }

    [Test]
    public void Silence_is_told()
    {
        Serve((_, _) => null);
        AssertDown("Twitch GET /helix/x did not answer within 0.5 s");
        Assert.That(_server!.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_body_that_stands_still_is_told()
    {
        using var slow = new StallingServer();
        var e = Assert.ThrowsAsync<ProviderDownException>(() => _clients.Of("Twitch").GetAsync(slow.Address));
        Assert.That(e!.Message, Does.EndWith("did not answer within 0.5 s"));
    }

    [Test]
    public void A_name_that_does_not_resolve_and_a_server_without_TLS_are_told()
    {
        Serve((_, _) => RawServer.Json(200, Good));
        var secure = new UriBuilder(At("x")) { Scheme = "https" }.Uri;
        Assert.That(Down(secure).Message, Is.EqualTo("Twitch GET /helix/x: no TLS connection could be made"));
        _clients.Dispose();
        _clients = Clients(new Patience { Retries = 1, FirstPause = TimeSpan.Zero });
        var nowhere = new Uri("http://nowhere.invalid/a?token=secret");
        Assert.That(Down(nowhere).Message, Is.EqualTo("Twitch GET /a: its name could not be resolved (DNS)"));
    }

    [Test]
    public void A_closed_port_is_told()
    {
        Serve((_, _) => "");
        var address = At("x");
        _server!.Dispose();
        Assert.That(Down(address).Message, Is.EqualTo("Twitch GET /helix/x: no connection could be made"));
    }

    [Test]
    public void Redirects_in_a_circle_end()
    {
        Serve((_, _) => RawServer.Text(302, "", "Location: /helix/x"));
        AssertDown("Twitch GET /helix/x answered 302 and led in a circle, or to a place without TLS");
        Assert.That(_server!.Requests, Has.Count.EqualTo(3 * 6));
    }

    [Test]
    public async Task A_repeated_call_is_the_same_call_even_after_a_redirect()
    {
        Serve(
            (n, _) =>
                n == 1 ? RawServer.Text(302, "", "Location: /other")
                : n == 2 ? RawServer.Text(500, "")
                : RawServer.Json(200, Good)
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, At("x"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "abc");
        using var answer = await _clients.Of("Twitch").SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_server!.Requests.Last(), Does.StartWith("GET /helix/x").And.Contain("Authorization: Bearer abc"));
    }

    [Test]
    public void A_body_without_end_is_refused_early()
    {
        Serve((_, _) => $"HTTP/1.1 200 X\r\nContent-Length: {AnswerGuard.LongestAnswer + 1}\r\n\r\n");
        AssertDown("Twitch GET /helix/x: the answer is too large");
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(404)]
    [TestCase(429)]
    public async Task Refusals_come_back_as_they_are_and_at_once(int status)
    {
        Serve((_, _) => RawServer.Text(status, "<html>"));
        using var answer = await _clients.Of("Twitch").GetAsync(At("x"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("<html>"));
        Assert.That(_server!.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_empty_answer_is_fine()
    {
        Serve((_, _) => RawServer.Text(200, ""));
        Assert.That(await _clients.Of("Twitch").GetStringAsync(At("x")), Is.Empty);
    }

    [Test]
    public async Task A_pause_that_is_asked_for_is_kept()
    {
        Serve((n, _) => n == 1 ? RawServer.Text(503, "", "Retry-After: 1") : RawServer.Json(200, Good));
        var started = TimeProvider.System.GetTimestamp();
        await _clients.Of("Twitch").GetStringAsync(At("x"));
        Assert.That(TimeProvider.System.GetElapsedTime(started).TotalSeconds, Is.GreaterThan(0.9));
    }

    [Test]
    public void A_long_pause_that_is_asked_for_ends_the_call()
    {
        Serve((_, _) => RawServer.Text(503, "", "Retry-After: 60"));
        Assert.That(Down(At("x")).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(_server!.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Five_failed_calls_open_the_breaker_and_the_server_is_left_alone()
    {
        Serve((_, _) => RawServer.Text(500, ""));
        for (var i = 0; i < 5; i++)
            Assert.ThrowsAsync<ProviderDownException>(() => PostAsync());
        Assert.ThrowsAsync<NotYetException>(() => PostAsync());
        Assert.That(_server!.Requests, Has.Count.EqualTo(5));
        var breaker = (await _world.Get<Breakers>().ListAsync(CancellationToken.None)).Single();
        Assert.That((breaker.Provider, breaker.State), Is.EqualTo(("Twitch", BreakerState.Open)));
    }

    [Test]
    public async Task Too_many_requests_do_not_count_for_they_have_a_budget()
    {
        Serve((_, _) => RawServer.Json(429, "{}"));
        for (var i = 0; i < 6; i++)
        {
            using var answer = await _clients.Of("Twitch").GetAsync(At("x"));
            Assert.That((int)answer.StatusCode, Is.EqualTo(429));
        }
    }

    [Test]
    public async Task Files_have_no_time_limit_and_no_repetition()
    {
        Serve((_, _) => RawServer.Text(500, "not JSON"));
        using var answer = await _clients
            .ForFilesOf("Twitch files")
            .GetAsync(At("x"), HttpCompletionOption.ResponseHeadersRead);
        Assert.That((int)answer.StatusCode, Is.EqualTo(500));
        Assert.That(_server!.Requests, Has.Count.EqualTo(1));
        _server.Dispose();
        var e = Assert.ThrowsAsync<ProviderDownException>(() =>
            _clients.ForFilesOf("Twitch files").GetAsync(At("signature"))
        );
        Assert.That(e!.Message, Is.EqualTo("Twitch files GET of a file at 127.0.0.1: no connection could be made"));
    }

    private ProviderClients Clients(Patience patience) =>
        new(_world.Get<Breakers>(), TimeProvider.System) { Patience = patience };

    private void Serve(Func<int, string, string?> answer) => _server = new RawServer(answer);

    // The query stands for a token: no message may show it.
    private Uri At(string path) => new(_server!.Address, $"helix/{path}?token=secret");

    private async Task PostAsync() =>
        (await _clients.Of("Twitch").PostAsync(At("x"), new StringContent("{}"))).Dispose();

    private ProviderDownException Down(Uri address) =>
        Assert.ThrowsAsync<ProviderDownException>(() => _clients.Of("Twitch").GetAsync(address))!;

    private void AssertDown(string words) => Assert.That(Down(At("x")).Message, Is.EqualTo(words));
}
