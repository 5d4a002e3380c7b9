using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What scripts may ask about items.</summary>
public sealed class ApiItemsTests
{
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        for (var i = 1; i <= 7; i++)
            await _room.AddAsync($"clip {i}", i % 2 == 0 ? ItemState.Failed : ItemState.Published);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task Pages_by_key_show_every_item_once_newest_first()
    {
        var seen = new List<string>();

        var next = "/api/v1/items?channel=main&limit=3";
        while (next is not null && seen.Count < 40)
        {
            var answer = (await _room.Browser.GetFromJsonAsync<JsonObject>(next))!;
            seen.AddRange(Titles(answer));
            next = (string?)answer["next"];
            // What comes meanwhile moves nothing.
            if (seen.Count == 3)
                await _room.AddAsync("came meanwhile", ItemState.Candidate);
        }

        Assert.That(
            seen.Where(t => t.StartsWith("clip", StringComparison.Ordinal)),
            Is.EqualTo(Clips(7, 6, 5, 4, 3, 2, 1))
        );
    }

    [TestCase("state=failed", new[] { 6, 4, 2 })]
    [TestCase("state=Failed&channel=MAIN&limit=100", new[] { 6, 4, 2 })]
    [TestCase("state=Published&before=5", new[] { 3, 1 })]
    [TestCase("state=Render", new int[0])]
    public async Task Filters_go_together(string query, int[] expected)
    {
        var answer = (await _room.Browser.GetFromJsonAsync<JsonObject>($"/api/v1/items?{query}"))!;

        Assert.That(answer["next"], Is.Null);
        Assert.That(Titles(answer), Is.EqualTo(Clips(expected)));
    }

    [Test]
    public async Task Every_mistake_of_a_query_is_told_with_its_mend()
    {
        var answer = await _room.Browser.GetAsync(
            "/api/v1/items?state=3&chanel=main&limit=101&before=-1&channel=other"
        );

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        var errors = problem["errors"]!.AsArray().ToDictionary(e => (string)e!["key"]!, e => (string)e!["mend"]!);
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "state", "chanel", "limit", "before", "channel" }));
        Assert.That(errors["limit"], Does.Contain("from 1 to 100"));
        Assert.That(errors["channel"], Does.Contain("main"));
        Assert.That(errors["state"], Does.Contain("Published"));
    }

    [Test]
    public async Task An_item_tells_its_whole_story()
    {
        var item = await _room.AddAsync("one with a story", ItemState.Publish);

        var story = (await _room.Browser.GetFromJsonAsync<JsonObject>($"/api/v1/items/{item.Id}"))!;

        Assert.That((string?)story["title"], Is.EqualTo("one with a story"));
        Assert.That((string?)story["state"], Is.EqualTo("Publish"));
        Assert.That(story["attempts"]!.AsArray(), Is.Empty);
    }

    [TestCase("items/4711")]
    [TestCase("items/one")]
    [TestCase("nothing")]
    public async Task What_is_not_there_is_a_problem_with_its_mend(string address)
    {
        var answer = await _room.Browser.GetAsync($"/api/v1/{address}");

        Assert.That((string?)(await answer.ProblemAsync(HttpStatusCode.NotFound))["mend"], Is.Not.Empty);
    }

    [Test]
    public async Task The_canary_is_not_shown()
    {
        var answer = await _room.Browser.GetAsync($"/api/v1/items/{CanaryItem.Id}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static IEnumerable<string> Titles(JsonObject answer) =>
        answer["items"]!.AsArray().Select(item => (string)item!["title"]!);

    private static IEnumerable<string> Clips(params int[] numbers) => numbers.Select(i => $"clip {i}");
}
