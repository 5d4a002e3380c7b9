using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What scripts may ask and do about jobs, alerts, breakers and holds.</summary>
public sealed class ApiTests
{
    private const string Scope = "account:YouTube/main";

    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task A_job_is_listed_and_run()
    {
        var answer = await _room.Browser.PostAsync("/api/v1/jobs/PRUNE/run", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var jobs = (await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/jobs"))!;
        var prune = jobs.Single(job => (string?)job!["name"] == "prune")!;
        Assert.That((string?)prune["last"]!["outcome"], Is.EqualTo("Wished"));
        await _room.LogHasAsync("this machine asked for the job prune");
        await (await _room.Browser.PostAsync("/api/v1/jobs/none/run", null)).ProblemAsync(HttpStatusCode.NotFound);
        await (await _room.Browser.GetAsync("/api/v1/jobs/prune/run")).ProblemAsync(HttpStatusCode.MethodNotAllowed);
    }

    [TestCase("account:YouTube/main")]
    [TestCase("account%3AYouTube%2Fmain")]
    public async Task A_hold_is_listed_and_released(string address)
    {
        await _room
            .Services.GetRequiredService<Holds>()
            .ShutAsync(Scope, "log in again: token=geheim1234", until: null, CancellationToken.None);

        var held = (await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/holds"))!.Single()!;
        var answer = await _room.Browser.DeleteAsync($"/api/v1/holds/{address}");

        Assert.That((string?)held["scope"], Is.EqualTo(Scope));
        Assert.That((string?)held["reason"], Is.EqualTo("log in again: token=***"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/holds"), Is.Empty);
        await (await _room.Browser.DeleteAsync($"/api/v1/holds/{address}")).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task A_breaker_is_listed_and_reset()
    {
        await using (var db = await _room.DatabaseAsync())
        {
            db.Breakers.Add(
                new Breaker
                {
                    Provider = "Twitch",
                    State = BreakerState.Open,
                    Failures = 5,
                }
            );
            await db.SaveChangesAsync();
        }

        var answer = await _room.Browser.PostAsync("/api/v1/breakers/twitch/reset", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        var breaker = (await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/breakers"))!.Single()!;
        Assert.That((string?)breaker["state"], Is.EqualTo("Closed"));
        await (await _room.Browser.PostAsync("/api/v1/breakers/none/reset", null)).ProblemAsync(
            HttpStatusCode.NotFound
        );
    }

    [Test]
    public async Task Alerts_are_those_that_are_open_and_recent_ones()
    {
        var alerts = _room.Services.GetRequiredService<Alerts>();
        await alerts.RaiseAsync("DiskLow", "data", AlertLevel.Warning, "little room", CancellationToken.None);
        await alerts.RaiseAsync("DiskLow", "logs", AlertLevel.Warning, "little room", CancellationToken.None);
        await alerts.ResolveAsync("DiskLow", "logs", CancellationToken.None);

        Assert.That(await SubjectsAsync(""), Is.EqualTo((string[])["data", "logs"]));
        Assert.That(await SubjectsAsync("?days=0"), Is.EqualTo((string[])["data"]));
        await (await _room.Browser.GetAsync("/api/v1/alerts?days=soon")).ProblemAsync(HttpStatusCode.BadRequest);

        async Task<string[]> SubjectsAsync(string query) =>
            [
                .. (await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/alerts" + query))!.Select(a =>
                    (string)a!["subject"]!
                ),
            ];
    }

    [TestCase("GET", "/api/v1/items")]
    [TestCase("POST", "/api/v1/jobs/prune/run")]
    public async Task Without_a_login_there_is_a_problem_and_no_form(string method, string address)
    {
        await using var room = await Room.OpenAsync();
        await room.AddAccountAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), address);

        await (await room.Browser.SendAsync(request)).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [TestCase("Sec-Fetch-Site", "cross-site", ExpectedResult = HttpStatusCode.Forbidden)]
    [TestCase("Sec-Fetch-Site", "same-site", ExpectedResult = HttpStatusCode.Forbidden)]
    [TestCase("Sec-Fetch-Site", "same-origin", ExpectedResult = HttpStatusCode.Accepted)]
    [TestCase("Origin", "https://evil.example", ExpectedResult = HttpStatusCode.Forbidden)]
    [TestCase("Origin", "null", ExpectedResult = HttpStatusCode.Forbidden)]
    [TestCase("Origin", "{own}", ExpectedResult = HttpStatusCode.Accepted)]
    public async Task<HttpStatusCode> Pages_of_others_cannot_change_anything(string header, string value)
    {
        await using var db = await _room.DatabaseAsync();
        await db.JobRuns.ExecuteDeleteAsync();
        var own = _room.Address.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs/prune/run");
        request.Headers.Add(header, value.Replace("{own}", own, StringComparison.Ordinal));

        var answer = await _room.Browser.SendAsync(request);

        Assert.That(await db.JobRuns.AnyAsync(), Is.EqualTo(answer.IsSuccessStatusCode));
        return answer.StatusCode;
    }
}
