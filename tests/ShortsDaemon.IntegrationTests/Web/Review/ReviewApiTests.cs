using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Review;

/// <summary>What scripts may do with items, and what they learn of who did what.</summary>
public sealed class ReviewApiTests
{
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task An_item_is_approved_taken_back_and_rejected()
    {
        var item = await _room.AddAsync("a clip", ItemState.Review);

        var approved = await DoAsync(item, "approve");
        Assert.That((string?)approved["state"], Is.EqualTo("Publish"));
        var again = await _room.Browser.PostAsync($"/api/v1/items/{item.Id}/approve", null);
        var problem = await again.ProblemAsync(HttpStatusCode.Conflict);
        Assert.That((string?)problem["detail"], Is.EqualTo($"Item {item.Id} stays as it is: it is to be published."));
        Assert.That((string?)(await DoAsync(item, "undo"))["state"], Is.EqualTo("Review"));
        var rejected = await DoAsync(item, "reject", new { Reason = "boring" });
        Assert.That((string?)rejected["reason"], Is.EqualTo("rejected by this machine: boring"));
        Assert.That((string?)(await DoAsync(item, "retry"))["state"], Is.EqualTo("Gate"));
        Assert.That((string?)(await DoAsync(item, "publish"))["state"], Is.EqualTo("Gate"));
        Assert.That((string?)(await DoAsync(item, "cancel"))["state"], Is.EqualTo("Rejected"));
        var made = await DoAsync(item, "render", new { Layout = "centrecrop", Captions = false });
        Assert.That((string?)made["wantedLayout"], Is.EqualTo("CentreCrop"));

        var audit = (await _room.Browser.GetFromJsonAsync<JsonObject>("/api/v1/audit?limit=3"))!;
        Assert.That(
            audit["entries"]!.AsArray().Select(entry => (string?)entry!["what"]),
            Is.EqualTo(new[] { "render", "cancel", "publish now" })
        );
        var older = (await _room.Browser.GetFromJsonAsync<JsonObject>((string?)audit["next"]))!;
        Assert.That((string?)older["entries"]![0]!["what"], Is.EqualTo("retry"));
        var story = (await _room.Browser.GetFromJsonAsync<JsonObject>($"/api/v1/items/{item.Id}"))!;
        Assert.That(story["audit"]!.AsArray(), Has.Count.EqualTo(7));
    }

    [Test]
    public async Task Title_and_time_are_kept_and_taken_away()
    {
        var item = await _room.AddAsync("a clip", ItemState.Publish);
        var address = $"/api/v1/items/{item.Id}";

        var kept = await _room.Browser.PatchAsJsonAsync(
            address,
            new { Title = "Mine", NotBefore = "2099-01-02T03:04:05+01:00" }
        );

        var now = (await kept.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.That((string?)now["wantedTitle"], Is.EqualTo("Mine"));
        Assert.That((DateTimeOffset?)now["publishAfter"], Is.EqualTo(new DateTimeOffset(2099, 1, 2, 2, 4, 5, default)));
        using var none = new StringContent("""{ "title": "", "notBefore": null }""");
        now = (await (await _room.Browser.PatchAsync(address, none)).Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.That((now["wantedTitle"], now["publishAfter"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)));
    }

    [TestCase("""{ "titel": "x" }""", "'titel' is not known here.")]
    [TestCase("""{ "title": 5 }""", "'title' is no text.")]
    [TestCase("""{ "notBefore": "2099-01-02T03:04" }""", "'2099-01-02T03:04' is no instant.")]
    [TestCase("[]", "The body is no JSON object.")]
    [TestCase("{", "The body is no JSON object.")]
    [TestCase("", "Nothing is to be changed.")]
    public async Task A_wrong_body_changes_nothing(string body, string expected)
    {
        var item = await _room.AddAsync("a clip", ItemState.Publish);
        using var content = new StringContent(body);

        var answer = await _room.Browser.PatchAsync($"/api/v1/items/{item.Id}", content);

        Assert.That((string?)(await answer.ProblemAsync(HttpStatusCode.BadRequest))["detail"], Does.Contain(expected));
    }

    [Test]
    public async Task Too_long_a_title_and_what_is_not_there_are_told()
    {
        var item = await _room.AddAsync("a clip", ItemState.Publish);

        var tooLong = await _room.Browser.PatchAsJsonAsync(
            $"/api/v1/items/{item.Id}",
            new { Title = new string('x', 201) }
        );

        Assert.That(
            (string?)(await tooLong.ProblemAsync(HttpStatusCode.BadRequest))["detail"],
            Does.Contain("201").And.Contain("200")
        );
        await (await _room.Browser.PostAsync("/api/v1/items/4711/approve", null)).ProblemAsync(HttpStatusCode.NotFound);
        await (await _room.Browser.PostAsync("/api/v1/items/x/approve", null)).ProblemAsync(HttpStatusCode.NotFound);
        await (await _room.Browser.GetAsync("/api/v1/audit?limit=0")).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task An_alert_is_acknowledged_and_stays_open()
    {
        await _room
            .Services.GetRequiredService<Alerts>()
            .RaiseAsync("BreakerOpen", "Twitch", AlertLevel.Warning, "It is down", CancellationToken.None);
        var alert = (await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/alerts"))!.Single()!;

        var answer = await _room.Browser.PostAsync($"/api/v1/alerts/{alert["id"]}/acknowledge", null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        alert = (await _room.Browser.GetFromJsonAsync<JsonArray>("/api/v1/alerts"))!.Single()!;
        Assert.That((string?)alert["acknowledgedBy"], Is.EqualTo("this machine"));
        Assert.That(alert["resolvedAt"], Is.Null);
        await (await _room.Browser.PostAsync("/api/v1/alerts/4711/acknowledge", null)).ProblemAsync(
            HttpStatusCode.NotFound
        );
    }

    private async Task<JsonObject> DoAsync(Item item, string deed, object? body = null)
    {
        var answer = await _room.Browser.PostAsJsonAsync($"/api/v1/items/{item.Id}/{deed}", body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
