using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What programs may do with a token, and what happens to those who have none.</summary>
public sealed partial class TokenTests
{
    private const string Jobs = "/api/v1/jobs";
    private const string Prune = "/api/v1/jobs/prune/run";

    private Room _room = null!;
    private string _reader = null!;
    private string _actor = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync(new WebOptions { Proxies = ["127.0.0.1"] });
        await _room.AddAccountAsync();
        await Room.LogInAsync(_room.Browser);
        _reader = await _room.AddTokenAsync("reader", TokenScope.Read);
        _actor = await _room.AddTokenAsync("actor", TokenScope.Act);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task One_that_may_read_changes_nothing_anywhere()
    {
        Assert.That((await _room.AskAsync("GET", Jobs, _reader)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var changes = _room
            .Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(e =>
                e.Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Select(m => (m, Path: e.RoutePattern.RawText!))
            )
            .Where(one => one.Path.StartsWith("/api/", StringComparison.Ordinal) && one.m is not ("GET" or "HEAD"))
            .ToList();

        Assert.That(changes, Is.Not.Empty);
        foreach (var (method, path) in changes)
        {
            var address = path.Replace("{id:long}", "1", StringComparison.Ordinal);
            await (await _room.AskAsync(method, address, _reader)).ProblemAsync(HttpStatusCode.Forbidden);
        }
    }

    [Test]
    public async Task One_that_may_act_acts_in_its_own_name_wherever_it_comes_from()
    {
        var answer = await _room.AskAsync("POST", Prune, _actor, headers: ("Origin", "https://elsewhere.example"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await _room.LogHasAsync("token actor asked for the job prune");
    }

    [Test]
    public async Task A_bad_one_helps_nobody_not_even_with_a_cookie()
    {
        var tokens = _room.Services.GetRequiredService<Tokens>();
        var before = new Tokens(_room.Live, new ThreeDaysAgo());
        var old = (await before.AddAsync("old", TokenScope.Act, 2, CancellationToken.None))!;
        var revoked = await _room.AddTokenAsync("gone", TokenScope.Act);
        Assert.That((await _room.AskAsync("GET", Jobs, revoked)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await tokens.RemoveAsync("GONE", CancellationToken.None);

        foreach (
            var bad in (string[])[old, revoked, "", "sd_", _reader[..^1], _reader + "0", $"{_reader}, Bearer {_actor}"]
        )
        {
            var answer = await _room.AskAsync("GET", Jobs, bad, "192.0.2.10");
            await answer.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
        }
        var two = await _room.SendRawAsync(
            $"GET {Jobs} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_reader}\r\nAuthorization: Bearer {_actor}\r\nX-Forwarded-For: 192.0.2.11\r\nConnection: close\r\n\r\n"
        );
        Assert.That(two, Does.StartWith("HTTP/1.1 401 "));
    }

    [Test]
    public async Task A_bad_one_closes_the_room_also_on_this_machine()
    {
        await using var room = await Room.OpenAsync();

        Assert.That((await room.AskAsync("GET", Jobs)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await (await room.AskAsync("GET", Jobs, "sd_wrong")).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task It_opens_the_API_only()
    {
        using var program = _room.NewBrowser();
        program.DefaultRequestHeaders.Add("Authorization", $"Bearer {_actor}");

        Assert.That((await program.GetAsync(Jobs)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        foreach (var page in (string[])["/", "/system", "/access", "/live/now", "/apiary"])
            Assert.That((int)(await program.GetAsync(page)).StatusCode, Is.InRange(300, 499), page);
    }

    [Test]
    public async Task Whoever_guesses_has_to_wait_and_the_others_need_not()
    {
        const string Guesser = "192.0.2.66";
        for (var i = 0; i < 10; i++)
            await (await _room.AskAsync("GET", Jobs, $"sd_{i}", Guesser)).ProblemAsync(HttpStatusCode.Unauthorized);

        var answer = await _room.AskAsync("GET", Jobs, "sd_11", Guesser);

        await answer.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.That(answer.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.FromMinutes(1)));
        await (await _room.AskAsync("GET", Jobs, "sd_11", "192.0.2.67")).ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.That((await _room.AskAsync("GET", Jobs, _reader, Guesser)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_page_makes_one_shows_it_once_and_revokes_it()
    {
        var made = await _room.SendAsync(
            "/access",
            "/access/tokens",
            ("name", "phone"),
            ("scope", "Read"),
            ("days", "30")
        );

        var token = Secret().Match(await made.Content.ReadAsStringAsync()).Value;
        Assert.That((await _room.AskAsync("GET", Jobs, token)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var page = await _room.PageAsync("/access");
        Assert.That(
            page,
            Does.Contain("phone").And.Contain("Last used on 20").And.Contain("Expires").And.Contain("ada")
        );
        Assert.That(page, Does.Not.Contain("sd_"));
        var again = await _room.SendAsync(
            "/access",
            "/access/tokens",
            ("name", "PHONE"),
            ("scope", "Act"),
            ("days", "")
        );
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("Revoke it first").And.Not.Contain("sd_"));

        await _room.SendAsync("/access", "/access/tokens/remove", ("of", "phone"));

        await (await _room.AskAsync("GET", Jobs, token, "192.0.2.12")).ProblemAsync(HttpStatusCode.Unauthorized);
        await _room.LogHasAsync("ada made the token phone");
        await _room.LogHasAsync("ada revoked the token phone");
    }

    [Test]
    public async Task The_file_holds_hashes_and_is_private()
    {
        var file = Path.Combine(_room.Live.Value.Daemon.CredentialsDirectory, "tokens.json");

        Assert.That(
            await File.ReadAllTextAsync(file),
            Does.Contain("reader").And.Not.Contain("sd_").And.Not.Contain(_reader[3..])
        );
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private sealed class ThreeDaysAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(-3);
    }

    [GeneratedRegex("sd_[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
