using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host.Web.Machine;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>The System page, and what its buttons do.</summary>
public sealed class SystemTests
{
    private const string Scope = "account:YouTube/main";

    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task It_tells_how_everything_stands()
    {
        await ShutAsync();
        await _room
            .Services.GetRequiredService<Alerts>()
            .RaiseAsync(
                "CredentialRevoked",
                "YouTube/main",
                AlertLevel.Critical,
                "<b>revoked</b>, see https://a.example/log?key=geheim1234",
                CancellationToken.None
            );

        var page = await _room.PageAsync("/system");

        Assert.That(page, Does.Match("(?s)<strong>database</strong>.*?Healthy"));
        Assert.That(page, Does.Contain("<h3>backup</h3>").And.Contain("It never ran."));
        Assert.That(
            page,
            Does.Match(@"Next <time datetime=""[^""]+"">\w+ [-\d]+ \d\d:\d\d UTC</time> <span class=""quiet"">\(in ")
        );
        Assert.That(page, Does.Contain("Critical: CredentialRevoked"));
        Assert.That(page, Does.Contain("open: nothing goes out").And.Contain("it answered 503"));
        Assert.That(page, Does.Contain($"<h3>{Scope}</h3>").And.Contain("log in again"));
        Assert.That(page, Does.Match(@"data, .*?: [\d.]+ [KMG]iB free \(\d+ %\)"));
        Assert.That(page, Does.Match(@"ShortsDaemon \d+\.\d+"));
        Assert.That(page, Does.Not.Contain("geheim1234"));
        var raw = await _room.Browser.GetStringAsync("/system");
        Assert.That(raw, Does.Not.Contain("<b>revoked"), "what others have said is text");
    }

    [Test]
    public async Task Run_now_asks_the_daemon_for_the_job_once()
    {
        await _room.AddAccountAsync();
        await Room.LogInAsync(_room.Browser);

        var first = await _room.SendAsync("/system", "/system/jobs", ("of", "prune"));
        await _room.SendAsync("/system", "/system/jobs", ("of", "prune"));

        Assert.That(first.Headers.Location!.OriginalString, Is.EqualTo("/system#jobs"));
        await using var db = await _room.DatabaseAsync();
        var wish = await db.JobRuns.SingleAsync();
        Assert.That((wish.Job, wish.Outcome, wish.IsByHand), Is.EqualTo(("prune", JobOutcome.Wished, true)));
        var page = await _room.PageAsync("/system");
        Assert.That(page, Does.Contain("asked for; it begins within a minute"));
        Assert.That(page, Does.Not.Contain("Run now: prune").And.Contain("Run now: backup"));
        await _room.LogHasAsync("ada asked for the job prune");
    }

    [Test]
    public async Task Release_and_Reset_open_what_was_shut()
    {
        await ShutAsync();

        await _room.SendAsync("/system", "/system/holds", ("of", Scope));
        await _room.SendAsync("/system", "/system/breakers", ("of", "Twitch"));

        Assert.That(await IsShutAsync(), Is.EqualTo((false, false)));
        await _room.LogHasAsync($"this machine released {Scope}");
        await _room.LogHasAsync("this machine closed the breaker of Twitch");
    }

    [TestCase("/system/jobs", "prune")]
    [TestCase("/system/holds", Scope)]
    [TestCase("/system/breakers", "Twitch")]
    public async Task A_form_from_elsewhere_does_nothing(string to, string of)
    {
        await ShutAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["of"] = of });

        var answer = await _room.Browser.PostAsync(to, form);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await IsShutAsync(), Is.EqualTo((true, true)));
        await using var db = await _room.DatabaseAsync();
        Assert.That(await db.JobRuns.AnyAsync(), Is.False);
    }

    [Test]
    public async Task What_is_gone_meanwhile_is_no_error()
    {
        var answer = await _room.SendAsync("/system", "/system/holds", ("of", Scope));

        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("/system#holds"));
    }

    [Test]
    public async Task Looking_leaves_the_log_alone()
    {
        await _room.PageAsync("/system");

        var page = await _room.PageAsync("/system");

        Assert.That(page, Does.Not.Contain("Cache-Control"));
    }

    [Test]
    public async Task Of_the_log_the_last_lines_are_shown_without_secrets()
    {
        var folder = Directory.CreateTempSubdirectory("log-end-");
        try
        {
            var file = Path.Combine(folder.FullName, "shorts-20261122.log");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "shorts-20261121.log"), "of yesterday\n");
            File.SetLastWriteTimeUtc(Path.Combine(folder.FullName, "shorts-20261121.log"), DateTime.UnixEpoch);
            await File.WriteAllLinesAsync(
                file,
                [
                    .. Enumerable.Range(0, 400).Select(i => $"line {i} {new string('x', 2000)}"),
                    "refused: access_token=geheim1234",
                ]
            );

            var lines = await LogEnd.ReadAsync(folder.FullName, CancellationToken.None);

            Assert.That(lines, Has.Count.EqualTo(LogEnd.Lines));
            Assert.That(lines[0], Does.StartWith("line 301 x").And.EndWith("…"));
            Assert.That(lines[^1], Is.EqualTo("refused: access_token=***"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task A_long_log_is_not_read_as_a_whole()
    {
        var folder = Directory.CreateTempSubdirectory("log-end-");
        try
        {
            var line = new string('x', 100_000);
            await File.WriteAllLinesAsync(
                Path.Combine(folder.FullName, "shorts-20261122.log"),
                Enumerable.Repeat(line, 9)
            );

            // 256 KiB hold two whole lines of this length and the end of a third.
            Assert.That(await LogEnd.ReadAsync(folder.FullName, CancellationToken.None), Has.Count.EqualTo(2));
            Assert.That(await LogEnd.ReadAsync(folder.FullName + "/none", CancellationToken.None), Is.Empty);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task ShutAsync()
    {
        await _room
            .Services.GetRequiredService<Holds>()
            .ShutAsync(Scope, "log in again", until: null, CancellationToken.None);
        await using var db = await _room.DatabaseAsync();
        db.Breakers.Add(
            new Breaker
            {
                Provider = "Twitch",
                State = BreakerState.Open,
                Failures = 5,
                OpenedAt = TimeProvider.System.GetUtcNow(),
                ProbeAt = TimeProvider.System.GetUtcNow().AddMinutes(5),
                LastError = "it answered 503",
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<(bool Hold, bool Breaker)> IsShutAsync()
    {
        var holds = await _room.Services.GetRequiredService<Holds>().ListAsync(CancellationToken.None);
        var breakers = await _room.Services.GetRequiredService<Breakers>().ListAsync(CancellationToken.None);
        return (holds.Count > 0, breakers.Any(b => b.State == BreakerState.Open));
    }
}
