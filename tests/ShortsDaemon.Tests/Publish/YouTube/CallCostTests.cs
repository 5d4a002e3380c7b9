using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>What a try that came to nothing takes from the uploads of the day.</summary>
internal sealed class CallCostTests
{
    private const string Project = "YouTube/123";
    private const string Start = "youtube.upload.start";

    [TestCase(HttpRequestError.NameResolutionError)]
    [TestCase(HttpRequestError.ConnectionError)]
    [TestCase(HttpRequestError.SecureConnectionError)]
    public async Task A_network_that_is_down_costs_nothing(HttpRequestError error)
    {
        var wire = new Wire { Before = (_, _) => throw new HttpRequestException(error, "down") };
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();

        for (var i = 0; i < 5; i++)
            await stage.RunAsync(item);

        Assert.That(await SpentAsync(stage), Is.Zero);
        wire.Before = null;
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
        Assert.That(await SpentAsync(stage), Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_error_costs_nothing()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, new ApiRefusal(500, "backendError", "Backend Error"), times: 3);

        var end = await stage.SettleAsync(await stage.ItemAsync());

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(4));
        Assert.That(await SpentAsync(stage), Is.EqualTo(1));
    }

    [Test]
    public async Task A_token_that_is_refused_costs_nothing()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Revoke("owner");
        stage.Clock.Advance(TimeSpan.FromHours(2));

        await stage.RunAsync(await stage.ItemAsync());

        Assert.That((await stage.AllAsync<Alert>()).Single().Rule, Is.EqualTo("CredentialRevoked"));
        Assert.That(await SpentAsync(stage), Is.Zero);
    }

    [Test]
    public async Task A_refusal_is_paid()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Forbidden);

        await stage.RunAsync(await stage.ItemAsync());

        Assert.That(await SpentAsync(stage), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_was_lost_is_paid()
    {
        var wire = new Wire { After = (_, _) => throw new HttpRequestException("cut") };
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);

        await stage.RunAsync(await stage.ItemAsync());

        Assert.That(await SpentAsync(stage), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_a_day_that_is_over_nothing_comes_back()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var ledger = stage.Flow.Get<QuotaLedger>();
        var yesterday = stage.Clock.GetUtcNow();
        await ledger.SpendAsync(Project, QuotaBucket.Uploads, 1, default);
        stage.Clock.Advance(stage.Tomorrow - yesterday);
        await ledger.SpendAsync(Project, QuotaBucket.Uploads, 1, default);

        await ledger.RefundAsync(Project, QuotaBucket.Uploads, 1, yesterday, default);

        Assert.That((await stage.AllAsync<QuotaDay>()).Select(d => d.Spent), Is.EqualTo(new[] { 1L, 1L }));
    }

    private static async Task<long> SpentAsync(YouTubeStage stage) =>
        (await stage.AllAsync<QuotaDay>()).Where(d => d.Bucket == "uploads").Sum(d => d.Spent);
}
