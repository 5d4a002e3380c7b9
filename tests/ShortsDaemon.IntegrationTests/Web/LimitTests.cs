using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What one client may ask for; each test is a client of its own behind a proxy.</summary>
public sealed class LimitTests
{
    private const int Requests = 10;
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() =>
        _room = await Room.OpenAsync(
            new WebOptions
            {
                RequestsPerMinute = Requests,
                StreamsPerClient = 2,
                Proxies = ["127.0.0.1"],
            },
            // The real ones are 15 s and 5 s.
            services =>
                services.PostConfigure<KestrelServerOptions>(server =>
                {
                    server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1);
                    server.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.1));
                })
        );

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task Too_many_requests_have_to_wait_and_those_of_others_need_not()
    {
        const string Hasty = "192.0.2.1";
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 2 * Requests).Select(_ => _room.AskAsync("GET", "/login", client: Hasty))
        );

        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.OK), Is.InRange(Requests, Requests + 5));
        var late = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.That(late.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await late.Content.ReadAsStringAsync(), Does.StartWith("Too many requests. Try again in"));
        Assert.That(
            (await _room.AskAsync("GET", "/login", client: "192.0.2.2")).StatusCode,
            Is.EqualTo(HttpStatusCode.OK)
        );
        Assert.That(
            (await _room.AskAsync("GET", "/health/live", client: Hasty)).StatusCode,
            Is.EqualTo(HttpStatusCode.OK)
        );
    }

    [Test]
    public async Task The_addresses_of_one_household_are_one_client()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 2 * Requests).Select(i => _room.AskAsync("GET", "/login", client: $"2001:db8::{i:x}"))
        );

        Assert.That(answers.Any(a => a.StatusCode == HttpStatusCode.TooManyRequests), Is.True);
    }

    [Test]
    public async Task Only_so_many_streams_stay_open()
    {
        await using var room = await Room.OpenAsync(new WebOptions { StreamsPerClient = 2 });
        using var one = await room.Browser.GetStreamAsync("/api/v1/events");
        await using (await room.Browser.GetStreamAsync("/live/now"))
        {
            var third = await room.Browser.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
            await third.ProblemAsync(HttpStatusCode.TooManyRequests);
            Assert.That(third.Headers.RetryAfter, Is.Not.Null);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await StatusAsync() != HttpStatusCode.OK)
            await Task.Delay(20, limit.Token);

        async Task<HttpStatusCode> StatusAsync()
        {
            using var answer = await room.Browser.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
            return answer.StatusCode;
        }
    }

    [TestCase("/login", false)]
    [TestCase("/login", true)]
    [TestCase("/api/v1/jobs/prune/run", false)]
    public async Task A_huge_body_is_not_taken(string path, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("X-Forwarded-For", $"192.0.2.{(isChunked ? 20 : 21)}");
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("name=" + new string('a', 100_000)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.TransferEncodingChunked = isChunked;

        var answer = await _room.Browser.SendAsync(request);

        // Without a length it is only known under way, and the form then lacks its token.
        HttpStatusCode[] refused = isChunked
            ? [HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge]
            : [HttpStatusCode.RequestEntityTooLarge];
        Assert.That(answer.StatusCode, Is.AnyOf(refused));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
    }

    [TestCase(
        "POST /login HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.30\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname="
    )]
    [TestCase("GET /login HTTP/1.1\r\nHost: loc")]
    public async Task Whoever_sends_too_slowly_is_cut_off(string beginning)
    {
        var answer = await _room.SendRawAsync(beginning);

        Assert.That(answer, Does.StartWith("HTTP/1.1 4"));
    }
}
