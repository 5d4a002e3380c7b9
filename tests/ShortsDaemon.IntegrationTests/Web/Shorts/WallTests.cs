using System.Net;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Shorts;

/// <summary>The wall of Shorts: what is on it, in which order, and how it is searched.</summary>
public sealed class WallTests
{
    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task Newest_first_and_the_rest_on_further_pages()
    {
        var items = new List<long>();
        for (var i = 0; i < 50; i++)
            items.Add((await _room.AddAsync($"clip {i}")).Id.Value);
        items.Reverse();

        var first = await _room.Browser.GetStringAsync("/shorts?q=clip&state=Candidate&channel=main");
        var older = await _room.Browser.GetStringAsync(RoomShorts.Link(first, "Older")!);

        Assert.That(RoomShorts.Tiles(first), Is.EqualTo(items[..48]));
        Assert.That(RoomShorts.Link(first, "Newest"), Is.Null);
        Assert.That(RoomShorts.Tiles(older), Is.EqualTo(items[48..]));
        Assert.That(RoomShorts.Link(older, "Older"), Is.Null);
        Assert.That(RoomShorts.Link(older, "Newest"), Is.EqualTo("/shorts?q=clip&state=Candidate&channel=main"));
    }

    [Test]
    public async Task Words_and_filters_together()
    {
        var (ace, other, failed) = (
            await _room.AddAsync("an insane ace", ItemState.Published),
            await _room.AddAsync("nothing special", ItemState.Published),
            await _room.AddAsync("an ace that failed", ItemState.Failed)
        );
        long[] all = [failed.Id.Value, other.Id.Value, ace.Id.Value];

        Assert.That(await TilesAsync("/shorts"), Is.EqualTo(all));
        Assert.That(await TilesAsync("/shorts?q=ac"), Is.EqualTo((long[])[all[0], all[2]]));
        Assert.That(await TilesAsync("/shorts?q=ac&state=Failed"), Is.EqualTo((long[])[all[0]]));
        Assert.That(await TilesAsync("/shorts?state=Published"), Is.EqualTo(all[1..]));
        Assert.That(await TilesAsync("/shorts?q=ace&channel=other"), Is.Empty);
        Assert.That(await TilesAsync($"/shorts?q=ace&before={failed.Id}"), Is.EqualTo((long[])[all[2]]));
    }

    [Test]
    public async Task Of_many_with_the_words_only_so_many_are_looked_at_for_a_filter()
    {
        var failed = await _room.AddAsync("ace of long ago", ItemState.Failed);
        await _room.AddManyAsync("ace", 4000);

        var page = await _room.Browser.GetStringAsync("/shorts?q=ace&state=Failed");
        Assert.That(RoomShorts.Tiles(page), Is.Empty);
        Assert.That(page, Does.Contain("There are more further back."));

        var older = await TilesAsync(RoomShorts.Link(page, "Older")!);
        Assert.That(older, Is.EqualTo((long[])[failed.Id.Value]));
    }

    [Test]
    public async Task What_makes_no_sense_in_an_address_is_left_out()
    {
        var item = await _room.AddAsync("a clip");
        foreach (
            var query in (string[])
                ["state=Nonsense&before=x&channel=", "state=99&before=-1", "before=99999999999999999999"]
        )
            Assert.That(await TilesAsync("/shorts?" + query), Is.EqualTo((long[])[item.Id.Value]), query);
    }

    [Test]
    public async Task Whatever_is_typed_is_only_words()
    {
        await _room.AddAsync("a clip");
        string[] typed = ["\"", "NEAR(a b)", "a AND", "'; DROP TABLE Items; --", "!!!", "<script>alert(1)</script>"];
        foreach (var words in typed)
        {
            var page = await _room.Browser.GetStringAsync("/shorts?q=" + Uri.EscapeDataString(words));

            Assert.That(RoomShorts.Tiles(page), Is.Empty, words);
            Assert.That(page, Does.Not.Contain("<script>alert"));
            Assert.That(WebUtility.HtmlDecode(page), Does.Contain($"value=\"{words}\""), "still there to be mended");
        }
    }

    [Test]
    public async Task What_a_stranger_called_his_clip_is_text()
    {
        await _room.AddAsync("<img src=x onerror=alert(1)>\n\"quoted\"");

        var page = await _room.Browser.GetStringAsync("/shorts");

        Assert.That(page, Does.Not.Contain("<img").And.Contain("&lt;img src=x"));
    }

    [Test]
    public async Task A_thumbnail_where_there_is_one_else_the_state_in_words()
    {
        var (with, without) = (await _room.AddAsync("with", ItemState.Published), await _room.AddAsync("without"));
        Directory.CreateDirectory(_room.Data().Previews);
        await File.WriteAllTextAsync(_room.Data().PreviewOf(with.Id), "JPEG");

        var page = await _room.Browser.GetStringAsync("/shorts");

        Assert.That(page, Does.Contain($"<img src=\"/shorts/{with.Id}/thumbnail\""));
        Assert.That(page, Does.Not.Contain($"/shorts/{without.Id}/thumbnail"));
        Assert.That(page, Does.Contain("waits to be selected"));
    }

    [Test]
    public async Task The_canary_is_shown_nowhere()
    {
        await _room.InsertAsync(new Channel { Name = CanaryItem.Channel, FirstSeenAt = DateTimeOffset.UnixEpoch });
        var canary = Clip("canary");
        (canary.Channel, canary.Id) = (CanaryItem.Channel, CanaryItem.Id);
        await _room.InsertAsync(canary);

        Assert.That(await _room.Browser.GetStringAsync("/shorts"), Does.Not.Contain("canary"));
        Assert.That(await TilesAsync("/shorts?q=canary"), Is.Empty);
        Assert.That((await _room.Browser.GetAsync("/shorts/-1")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<IReadOnlyList<long>> TilesAsync(string address) =>
        RoomShorts.Tiles(await _room.Browser.GetStringAsync(address));

    private static Item Clip(string title) =>
        new()
        {
            Channel = "main",
            Source = "Folder:/in",
            ExternalId = title,
            Title = title,
            Location = "/in/a.mp4",
        };
}
