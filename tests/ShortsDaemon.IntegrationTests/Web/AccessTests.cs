using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host.Web.Security;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>Who may enter the control room, and who may not.</summary>
public sealed class AccessTests
{
    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync("shorts.example");

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task Without_accounts_it_is_open_on_this_machine()
    {
        var page = await _room.Browser.GetAsync("/");

        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<h1>Now</h1>"));
    }

    [Test]
    public async Task Without_accounts_a_proxy_opens_it_to_nobody()
    {
        foreach (var header in (string[])["X-Forwarded-For", "Forwarded"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add(header, "for=203.0.113.7");

            var answer = await _room.Browser.SendAsync(request);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), header);
        }
    }

    [Test]
    public async Task With_an_account_every_address_asks_who_it_is()
    {
        await _room.AddAccountAsync();
        await _room.Browser.GetAsync("/"); // The first visit makes the addresses.
        var all = _room
            .Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .ToList();

        var open = new List<string>();
        foreach (var endpoint in all)
        {
            var path = endpoint
                .RoutePattern.RawText!.Replace("{name}", "room.js", StringComparison.Ordinal)
                .Replace("{id:long}", "1", StringComparison.Ordinal);
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var answer = await _room.Browser.SendAsync(request);
            var isRefused =
                answer.StatusCode is HttpStatusCode.Unauthorized
                || (answer.Headers.Location?.OriginalString ?? "").Contains("/login?", StringComparison.Ordinal);
            if (!isRefused)
                open.Add($"{method} {path}");
        }

        // Health is there for programs, the login for those who are not in yet (a POST without its token goes no further).
        string[] allowed =
        [
            "GET /health",
            "GET /health/ready",
            "GET /health/live",
            "GET /assets/room.js",
            "GET /login",
            "POST /login",
        ];
        Assert.That(open, Is.EquivalentTo(allowed));
        Assert.That(all, Has.Count.GreaterThan(2 * allowed.Length));
    }

    [Test]
    public async Task A_login_opens_it_and_a_logout_closes_it()
    {
        await _room.AddAccountAsync();

        var answer = await Room.LogInAsync(_room.Browser, "ADA", to: "/shorts?state=Failed");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("/shorts?state=Failed"));
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("shortsdaemon=", StringComparison.Ordinal));
        Assert.That(cookie, Does.Contain("httponly").IgnoreCase.And.Contain("samesite=strict").IgnoreCase);
        Assert.That(await _room.Browser.GetStringAsync("/"), Does.Contain("Log ada out"));

        await Room.SendFormAsync(_room.Browser, "/", "/logout", []);

        Assert.That((await _room.Browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [TestCase("ada", "not the password")]
    [TestCase("bob", Room.Password)]
    [TestCase("", "")]
    public async Task A_wrong_login_opens_nothing(string name, string password)
    {
        await _room.AddAccountAsync();

        var answer = await Room.LogInAsync(_room.Browser, name, password);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("There is no account with this name"));
        Assert.That((await _room.Browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task After_the_login_nobody_is_sent_elsewhere()
    {
        await _room.AddAccountAsync();

        foreach (var to in (string[])["https://evil.example/", "//evil.example/", "/\\evil.example/", ""])
        {
            var answer = await Room.LogInAsync(_room.Browser, to: to);

            Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("/"), to);
        }
    }

    [Test]
    public async Task Whoever_guesses_has_to_wait()
    {
        await _room.AddAccountAsync();
        for (var i = 0; i < 10; i++)
            await Room.LogInAsync(_room.Browser, "ada", $"guess {i}");

        Assert.That((await Room.LogInAsync(_room.Browser)).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task A_new_password_or_no_account_ends_the_session()
    {
        await _room.AddAccountAsync();
        await _room.AddAccountAsync("bob");
        using var other = _room.NewBrowser();
        await Room.LogInAsync(_room.Browser);
        await Room.LogInAsync(other, "bob");
        var accounts = _room.Services.GetRequiredService<Accounts>();

        await accounts.SetAsync("ada", "another long password", CancellationToken.None);
        await accounts.RemoveAsync("bob", CancellationToken.None);

        Assert.That((await _room.Browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await other.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task A_form_from_elsewhere_is_not_taken()
    {
        await _room.AddAccountAsync();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["name"] = "ada", ["password"] = Room.Password }
        );

        var answer = await _room.Browser.PostAsync("/login", form);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task It_answers_under_its_own_names_only()
    {
        Assert.That(await CalledAsync("evil.example"), Is.EqualTo(HttpStatusCode.MisdirectedRequest));
        Assert.That(await CalledAsync("localhost.evil.example"), Is.EqualTo(HttpStatusCode.MisdirectedRequest));
        foreach (var own in (string[])["shorts.example", "localhost:8787", "192.0.2.7", "[2001:db8::1]:8787"])
            Assert.That(await CalledAsync(own), Is.EqualTo(HttpStatusCode.OK), own);
    }

    private async Task<HttpStatusCode> CalledAsync(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        return (await _room.Browser.SendAsync(request)).StatusCode;
    }

    [Test]
    public async Task While_its_accounts_cannot_be_read_it_says_why_and_lets_nobody_in()
    {
        await _room.AddAccountAsync();
        await Room.LogInAsync(_room.Browser);
        var folder = _room.Live.Value.Daemon.CredentialsDirectory;
        var file = Path.Combine(folder, "accounts.json");
        foreach (
            var (text, mode, told) in ((string, UnixFileMode, string)[])
                [
                    ("[{\"Name\":\"geheim1234\"", UnixFileMode.None, "'accounts.json' is damaged (line 1)"),
                    ("[{}]", UnixFileMode.None, "'accounts.json' is damaged"),
                    ("[null]", UnixFileMode.None, "'accounts.json' is damaged"),
                    ("[]", UnixFileMode.OtherRead, "chmod 600 'accounts.json'"),
                ]
        )
        {
            await File.WriteAllTextAsync(file, text);
            File.SetUnixFileMode(file, mode | UnixFileMode.UserRead | UnixFileMode.UserWrite);

            var page = await _room.Browser.GetAsync("/");
            var problem = await (await _room.Browser.GetAsync("/api/v1/jobs")).ProblemAsync(
                HttpStatusCode.ServiceUnavailable
            );

            Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            var alive = await _room.Browser.GetAsync("/health/live");
            Assert.That(alive.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            RequirePolicy(page.Headers);
            foreach (var words in (string[])[await page.Content.ReadAsStringAsync(), (string)problem["detail"]!])
                Assert.That(words, Does.Contain(told).And.Not.Contain("geheim").And.Not.Contain(folder));
        }
    }

    [Test]
    public async Task Programs_reach_health_under_any_name()
    {
        await _room.AddAccountAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "monitor.example";

        Assert.That((await _room.Browser.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Browsers_are_told_what_to_refuse()
    {
        foreach (var path in (string[])["/", "/login", "/nothing-here"])
            RequirePolicy((await _room.Browser.GetAsync(path)).Headers);
    }

    private static void RequirePolicy(HttpResponseHeaders headers)
    {
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Contain("frame-ancestors 'none'"));
        Assert.That(policy, Does.Not.Contain("unsafe"));
        Assert.That(headers.GetValues("X-Content-Type-Options"), Is.EqualTo((string[])["nosniff"]));
        Assert.That(headers.GetValues("X-Frame-Options"), Is.EqualTo((string[])["DENY"]));
        Assert.That(headers.CacheControl!.NoStore, Is.True);
    }
}
