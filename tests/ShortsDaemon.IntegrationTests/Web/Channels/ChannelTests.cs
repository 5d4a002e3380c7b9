using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Channels;

/// <summary>The Channels pages and their API: what they show, pause and resume.</summary>
public sealed class ChannelTests
{
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        _room.Configure();
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task List_page_and_API_show_what_is_in_the_database()
    {
        var best = await _room.AddAsync("<b>the best</b>");
        await _room.AddAsync("not looked at yet");
        await _room.AddAsync("being made", ItemState.Render);
        await _room.PublishAsync(await _room.AddAsync("out", ItemState.Published), "video");
        await _room.SaveAsync(
            Decided(best, 0.2),
            Decided(best, 0.75),
            new Run
            {
                Channel = "main",
                StartedAt = TimeProvider.System.GetUtcNow(),
                Found = 4,
                Selected = 2,
                Problem = "Twitch refused: access_token=geheim1234",
            }
        );

        var list = await _room.PageAsync("/channels");
        var page = await _room.PageAsync("/channels/MAIN");
        var told = (await _room.Browser.GetFromJsonAsync<JsonObject>("/api/v1/channels/main"))!;

        Assert.That(list, Does.Contain("<a href=\"/channels/main\">main</a>").And.Contain("2 wait to be selected"));
        Assert.That(page, Does.Contain("at work").And.Contain("4 found, 2 selected").And.Contain("access_token=***"));
        Assert.That(page, Does.Match("(?s)<td>0.75</td>.*<td>–</td>"), "best first, by the latest score");
        Assert.That(page, Does.Contain("/shorts?state=Candidate&channel=main").And.Contain("1 to be rendered"));
        Assert.That(page, Does.Contain("main/Folder").And.Contain("1 in 7 days, 1 in 30 days"));
        Assert.That(await _room.Browser.GetStringAsync("/channels/main"), Does.Not.Contain("<b>the best"));
        Assert.That((int)told["channel"]!["candidates"]!, Is.EqualTo(2));
        Assert.That((double)told["backlog"]![0]!["score"]!, Is.EqualTo(0.75));
        Assert.That(told.ToJsonString(), Does.Not.Contain("geheim1234"));
        await (await _room.Browser.GetAsync("/api/v1/channels/none")).ProblemAsync(HttpStatusCode.NotFound);
        Assert.That((await _room.Browser.GetAsync("/channels/none")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_channel_that_has_left_the_configuration_is_marked()
    {
        await _room.InsertAsync(new Channel { Name = "bygone", FirstSeenAt = DateTimeOffset.UnixEpoch });

        Assert.That(await _room.PageAsync("/channels"), Does.Match("(?s)>bygone</a>.*?no longer in the configuration"));
        Assert.That(await _room.PageAsync("/channels/bygone"), Does.Contain("no longer in the configuration"));
    }

    [Test]
    public async Task A_paused_channel_does_nothing_until_it_is_resumed()
    {
        var item = await _room.AddAsync("waits", ItemState.Download);
        var run = _room.Services.GetRequiredService<ChannelRun>();
        var stages = _room.Services.GetRequiredService<StageRunner>();

        var paused = await _room.SendAsync("/channels/main", "/channels/main/pause", ("of", "main"));

        Assert.That(paused.Headers.Location!.OriginalString, Is.EqualTo("/channels/main"));
        Assert.That((await run.RunAsync("main", default)).Pause?.Reason, Is.EqualTo("paused by this machine"));
        var waiting = await stages.RunAsync(item, default);
        Assert.That(
            (waiting.State, waiting.Reason),
            Is.EqualTo((ItemState.Download, "channel 'main' is paused by this machine"))
        );
        Assert.That(await _room.PageAsync("/channels"), Does.Contain("paused by this machine"));
        Assert.That(await _room.PageAsync("/system"), Does.Contain("<h3>channel:main</h3>"));
        await _room.LogHasAsync("this machine paused the channel main");

        var resumed = await _room.Browser.PostAsync("/api/v1/channels/MAIN/resume", null);

        Assert.That(resumed.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await run.RunAsync("main", default)).Pause, Is.Null);
        await using var db = await _room.DatabaseAsync();
        Assert.That(
            await db
                .Audit.Where(a => a.Detail == "main")
                .OrderBy(a => a.Id)
                .Select(a => $"{a.Who}: {a.What}")
                .ToListAsync(),
            Is.EqualTo((string[])["this machine: pause channel", "this machine: resume channel"])
        );
        var ready = await db.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
        Assert.That(ready.NotBefore, Is.LessThanOrEqualTo(TimeProvider.System.GetUtcNow()));
        await (await _room.Browser.PostAsync("/api/v1/channels/none/pause", null)).ProblemAsync(
            HttpStatusCode.NotFound
        );
    }

    private static Decision Decided(Item item, double score) =>
        new()
        {
            ItemId = item.Id,
            At = TimeProvider.System.GetUtcNow(),
            Verdict = Verdict.Deferred,
            Score = score,
            Rule = "MinimumScoreRule",
            Reason = "there are better ones",
        };
}
