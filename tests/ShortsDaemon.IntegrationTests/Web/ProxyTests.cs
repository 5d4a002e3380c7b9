using System.Net;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>Whom the control room believes what it tells of its client, and what it makes of odd requests.</summary>
public sealed class ProxyTests
{
    private const string Name = "shorts.example";
    private Room _behind = null!;
    private Room _alone = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _behind = await Room.OpenAsync(new WebOptions { Hosts = Name, Proxies = ["127.0.0.0/8", "2001:db8::1"] });
        _alone = await Room.OpenAsync(new WebOptions { Hosts = Name, Proxies = ["192.0.2.1"] });
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await _behind.DisposeAsync();
        await _alone.DisposeAsync();
    }

    [Test]
    public async Task Https_is_known_from_a_known_proxy_only()
    {
        var known = await FromProxyAsync(_behind, "https");
        Assert.That(known.Headers.GetValues("Strict-Transport-Security").Single(), Does.StartWith("max-age="));
        Assert.That(known.Headers.GetValues("Set-Cookie").Single(), Does.Contain("secure").IgnoreCase);

        foreach (
            var plain in (HttpResponseMessage[])
                [await FromProxyAsync(_behind, "http"), await FromProxyAsync(_alone, "https")]
        )
        {
            Assert.That(plain.Headers.Contains("Strict-Transport-Security"), Is.False);
            Assert.That(plain.Headers.GetValues("Set-Cookie").Single(), Does.Not.Contain("secure").IgnoreCase);
        }
    }

    [Test]
    public async Task Nobody_becomes_this_machine_by_saying_so()
    {
        foreach (var room in (Room[])[_behind, _alone])
        foreach (var client in (string[])["127.0.0.1", "::1", "127.0.0.1, 203.0.113.7", "203.0.113.7", "unknown", ""])
        {
            var answer = await room.AskAsync("GET", "/", headers: ("X-Forwarded-For", client));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), client);
        }
        foreach (var header in (string[])["Forwarded", "X-Original-For"])
        {
            var answer = await _behind.AskAsync("GET", "/", headers: (header, "for=127.0.0.1"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), header);
        }
    }

    [Test]
    public async Task A_name_that_a_proxy_tells_does_not_count()
    {
        var answer = await _behind.AskAsync(
            "GET",
            "/login",
            headers: [("Host", "evil.example"), ("X-Forwarded-Host", Name)]
        );

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [TestCase("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\r\nHost: local host\r\n\r\n")]
    [TestCase("GET /\rX: 1 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [TestCase(
        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
    )]
    public async Task What_is_no_proper_request_is_refused(string request) =>
        Assert.That(await _alone.SendRawAsync(request), Does.StartWith("HTTP/1.1 4"));

    [Test]
    public async Task A_line_break_in_a_path_begins_no_header()
    {
        var answer = await _alone.AskAsync("GET", "/api/v1/%0d%0aX-Evil:%201");

        Assert.That(answer.Headers.Contains("X-Evil"), Is.False);
        await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> FromProxyAsync(Room room, string scheme) =>
        room.AskAsync("GET", "/login", null, "203.0.113.7", ("Host", Name), ("X-Forwarded-Proto", scheme));
}
