using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>Publications and runs over the API.</summary>
public sealed class ApiPastTests
{
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        foreach (var title in (string[])["one", "two", "three"])
            await _room.PublishAsync(
                await _room.AddAsync(title, ItemState.Published),
                $"https://watch.example/{title}"
            );
        await _room.InsertAsync(new Channel { Name = "other", FirstSeenAt = DateTimeOffset.UnixEpoch });
        foreach (var channel in (string[])["main", "other", "main"])
            await _room.InsertAsync(new Run { Channel = channel, Problem = "refused: token=geheim1234" });
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [TestCase("publications", 3)]
    [TestCase("runs", 2)]
    public async Task Pages_lead_to_the_last_without_gap_or_repetition(string what, int ofMain)
    {
        var ids = new List<long>();
        var next = $"/api/v1/{what}?channel=MAIN&limit=1";
        while (next is not null)
        {
            var page = (await _room.Browser.GetFromJsonAsync<JsonObject>(next))!;
            ids.AddRange(page[what]!.AsArray().Select(entry => (long)entry!["id"]!));
            next = (string?)page["next"];
        }

        Assert.That(ids, Has.Count.EqualTo(ofMain).And.Ordered.Descending.And.Unique);
        await (await _room.Browser.GetAsync($"/api/v1/{what}?channel=none&limit=0")).ProblemAsync(
            HttpStatusCode.BadRequest
        );
    }

    [Test]
    public async Task They_tell_where_a_Short_is_and_no_secret()
    {
        var all = await _room.Browser.GetStringAsync("/api/v1/publications");
        var runs = await _room.Browser.GetStringAsync("/api/v1/runs?channel=other");

        Assert.That(
            all,
            Does.Contain("\"link\": \"https://watch.example/three\"").And.Not.Contain("session").IgnoreCase
        );
        Assert.That(runs, Does.Contain("token=***"));
        Assert.That(
            (await _room.Browser.GetFromJsonAsync<JsonObject>("/api/v1/publications?channel=other"))!["publications"],
            Is.Empty
        );
    }
}
