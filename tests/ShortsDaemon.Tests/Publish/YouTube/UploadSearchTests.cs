using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>Nothing is sent again before a list that can be believed says that it is not there.</summary>
internal sealed class UploadSearchTests
{
    private const string Start = "youtube.upload.start";

    [TestCase("channels", """{"items":[]}""")]
    [TestCase("channels", "{}")]
    [TestCase("channels", """{"items":[{"id":"UC-main"}]}""")]
    [TestCase("channels", """{"items":[{"id":"UC-main","contentDetails":{"relatedPlaylists":{"uploads":""}}}]}""")]
    public async Task A_list_that_could_not_be_looked_at_proves_nothing(string path, string answer)
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await LoseSessionAsync(stage, wire);
        wire.After = (request, response) =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/" + path, StringComparison.Ordinal))
                response.Content = new StringContent(answer, null, "application/json");
            return Task.CompletedTask;
        };

        await RequireNothingIsSentAsync(stage, item);

        wire.After = null;
        await RequireMendedAsync(stage, item);
    }

    [Test]
    public async Task A_list_that_is_not_there_proves_nothing()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await LoseSessionAsync(stage, wire);
        stage.YouTube.Refuse("youtube.playlistItems", ApiRefusal.PlaylistNotFound, times: 100);

        await RequireNothingIsSentAsync(stage, item);
    }

    [Test]
    public async Task A_list_too_long_to_be_read_to_the_end_proves_nothing()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await LoseSessionAsync(stage, wire);
        for (var i = 0; i < 2100; i++)
            stage.YouTube.AddVideo(YouTubeStage.Channel, $"Other {i}");
        stage.Clock.Advance(TimeSpan.FromMinutes(5));

        await RequireNothingIsSentAsync(stage, item, times: 3);
    }

    [Test]
    public async Task A_clock_that_was_ahead_ends_the_search_no_earlier()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        for (var i = 0; i < 60; i++)
            stage.YouTube.AddVideo(YouTubeStage.Channel, $"Other {i}");
        var item = await stage.ItemAsync();
        wire.Before = (request, _) =>
        {
            if (Wire.IsChunk(request) && request.Content!.Headers.ContentRange!.To == 699_999)
                wire.After = (_, _) => throw new HttpRequestException("gone");
            return Task.CompletedTask;
        };
        await stage.RunAsync(item);
        (wire.Before, wire.After) = (null, null);
        stage.YouTube.ExpireSessions();
        for (var i = 0; i < 60; i++)
            stage.YouTube.AddVideo(YouTubeStage.Channel, $"Later {i}");
        var ahead = stage.Clock.GetUtcNow() + TimeSpan.FromDays(2);
        await stage.ChangePromiseAsync(item, p => (p.IntendedAt, p.SessionAt) = (ahead, ahead));

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
    }

    private static async Task<Item> LoseSessionAsync(YouTubeStage stage, Wire wire)
    {
        var item = await stage.ItemAsync();
        wire.AfterFirstChunk = () =>
        {
            stage.YouTube.ExpireSessions();
            return Task.CompletedTask;
        };
        await stage.RunAsync(item);
        stage.Clock.Advance(TimeSpan.FromMinutes(40));
        return item;
    }

    private static async Task RequireNothingIsSentAsync(YouTubeStage stage, Item item, int times = 8)
    {
        for (var i = 0; i < times; i++)
        {
            var now = await stage.RunAsync(item);
            Assert.That((now.State, now.Tries), Is.EqualTo((ItemState.Publish, 0)), now.Reason);
            stage.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
        Assert.That(
            (await stage.AllAsync<Alert>()).Select(a => (a.Rule, a.Subject, a.ResolvedAt)),
            Is.EqualTo(new[] { ("UploadsUnreadable", YouTubeStage.Destination, (DateTimeOffset?)null) })
        );
    }

    private static async Task RequireMendedAsync(YouTubeStage stage, Item item)
    {
        var end = await stage.SettleAsync(item);
        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(1));
        Assert.That((await stage.AllAsync<Alert>()).Select(a => a.ResolvedAt), Is.All.Not.Null);
    }
}
