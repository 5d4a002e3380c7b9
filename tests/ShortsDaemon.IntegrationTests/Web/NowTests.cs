using System.Net;
using NUnit.Framework;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>The first page, and what of it changes by itself.</summary>
public sealed class NowTests
{
    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task It_tells_what_runs_and_how_far_it_is()
    {
        var item = await _room.AddAsync("A <script>alert(1)</script> clip", ItemState.Render);
        _room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Render));
        _room.Events.Tell(
            new FlowEvent.StageProgressed(
                item,
                ItemState.Render,
                new EncodeProgress(62.4, 1.35, TimeSpan.FromSeconds(9))
            )
        );

        var page = await _room.Browser.GetStringAsync("/");

        Assert.That(page, Does.Contain("62 %, 1.4× as fast as it plays, 9.0 s left").Or.Contain("62 %, 1.4&#xD7;"));
        Assert.That(WebUtility.HtmlDecode(page), Does.Contain($"href=\"/shorts/{item.Id}\">A <script>alert(1)"));
        Assert.That(page, Does.Not.Contain("<script>alert"), "what a stranger called his clip is text");
    }

    [Test]
    public async Task The_queue_is_told_by_stage()
    {
        await _room.AddAsync("one", ItemState.Publish);
        await _room.AddAsync("two", ItemState.Publish);

        var page = await _room.Browser.GetStringAsync("/");

        Assert.That(page, Does.Match("(?s)<th scope=\"row\">Publish</th>\\s*<td>2</td>\\s*<td>0</td>"));
        Assert.That(page, Does.Match("(?s)<th scope=\"row\">Render</th>\\s*<td>0</td>\\s*<td>0</td>"));
    }

    [Test]
    public async Task What_changes_is_sent_to_those_who_look()
    {
        using var events = new StreamReader(await _room.Browser.GetStreamAsync("/live/now"));
        Assert.That(await EventAsync(events), Does.Contain("Nothing at the moment."));

        var item = await _room.AddAsync("a new clip", ItemState.Download);
        _room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Download));

        Assert.That(await EventAsync(events), Does.Contain("a new clip").And.Contain("downloading"));
    }

    [Test]
    public async Task An_open_page_does_not_hold_up_the_end()
    {
        using var events = new StreamReader(await _room.Browser.GetStreamAsync("/live/now"));
        await EventAsync(events);

        var stopping = _room.StopAsync();

        // The host waits up to 30 s for those who stay.
        Assert.That(await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromSeconds(15))), Is.SameAs(stopping));
    }

    [Test]
    public async Task Scripts_and_styles_are_kept_by_the_browser_until_they_change()
    {
        var page = await _room.Browser.GetStringAsync("/");
        var address = page.Split("src=\"")[1].Split('"')[0];

        var script = await _room.Browser.GetAsync(WebUtility.HtmlDecode(address));

        Assert.That(script.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/javascript"));
        Assert.That(script.Headers.CacheControl!.MaxAge, Is.GreaterThan(TimeSpan.FromDays(100)));
        Assert.That(
            (await _room.Browser.GetAsync("/assets/..%2Froom.js")).StatusCode,
            Is.EqualTo(HttpStatusCode.NotFound)
        );
    }

    // All data lines up to the empty line that ends an event.
    private static async Task<string> EventAsync(StreamReader events)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var lines = new List<string>();
        while (await events.ReadLineAsync(limit.Token) is { Length: > 0 } line)
            lines.Add(line);
        return WebUtility.HtmlDecode(string.Join('\n', lines));
    }
}
