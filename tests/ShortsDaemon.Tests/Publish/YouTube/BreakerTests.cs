using System.Net;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>While YouTube is down it is left alone, whatever the number of Shorts that wait for it.</summary>
internal sealed class BreakerTests
{
    private const string Start = "youtube.upload.start";
    private static readonly ApiRefusal Down = new(503, "backendError", "Backend Error");

    [Test]
    public async Task After_five_failures_nothing_goes_out_but_a_probe()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, Down, times: 1000);
        List<Item> items = [];
        for (var i = 0; i < 8; i++)
            items.Add(await stage.ItemAsync($"Clip {i}"));

        foreach (var item in items)
            await stage.RunAsync(item);

        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(BreakerRules.FailuresToOpen));
        Assert.That((await BreakerAsync(stage)).State, Is.EqualTo(BreakerState.Open));
        Assert.That((await stage.AllAsync<Alert>()).Single().Rule, Is.EqualTo(Breakers.AlertRule));
        Assert.That((await stage.ReadAsync(items[^1])).Reason, Does.Contain("YouTube has not worked since"));
        Assert.That((await stage.AllAsync<QuotaDay>()).Sum(d => d.Spent), Is.Zero);
    }

    [Test]
    public async Task The_probe_that_succeeds_lets_every_Short_out_once()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, Down, times: 6);
        List<Item> items = [];
        for (var i = 0; i < 6; i++)
            items.Add(await stage.ItemAsync($"Clip {i}"));
        foreach (var item in items)
            await stage.RunAsync(item);

        foreach (var item in items)
            Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));

        Assert.That(stage.YouTube.Uploads.Select(u => u.Title).ToList(), Is.Unique.And.Count.EqualTo(6));
        Assert.That((await BreakerAsync(stage)).State, Is.EqualTo(BreakerState.Closed));
        Assert.That((await stage.AllAsync<Alert>()).Select(a => a.ResolvedAt), Has.None.Null);
    }

    [Test]
    public async Task A_refusal_shows_that_YouTube_works()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Forbidden, times: 2);

        await stage.RunAsync(await stage.ItemAsync());

        Assert.That(await stage.AllAsync<Breaker>(), Is.Empty);
    }

    [Test]
    public async Task Chunks_of_a_file_go_around_it()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        wire.After = (request, response) =>
        {
            if (Wire.IsChunk(request))
                response.StatusCode = HttpStatusCode.BadGateway;
            return Task.CompletedTask;
        };

        await stage.RunAsync(await stage.ItemAsync());

        Assert.That(await stage.AllAsync<Breaker>(), Is.Empty);
    }

    private static async Task<Breaker> BreakerAsync(YouTubeStage stage) =>
        (await stage.AllAsync<Breaker>()).Single(b => b.Provider == YouTubePublisher.TypeName);
}
