using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

internal sealed class ResumingTests
{
    private const string Chunk = "youtube.upload.chunk";
    private const string Start = "youtube.upload.start";

    [Test]
    public async Task A_new_process_goes_on_where_the_old_one_was()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        await StopAfterFirstChunkAsync(stage, wire, item);
        Assert.That((await stage.PromiseAsync(item)).AcknowledgedBytes, Is.EqualTo(262_144));

        stage.Flow.Restart();
        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
        Assert.That(
            stage.World.Calls.Of(Chunk).Select(c => c.Headers["Content-Range"]),
            Is.EqualTo(new[] { "bytes 0-262143/700000", "bytes 262144-524287/700000", "bytes 524288-699999/700000" })
        );
    }

    [Test]
    public async Task The_answer_to_the_last_chunk_may_be_lost()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.LoseLastAnswers();
        var item = await stage.ItemAsync();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("<html>fine</html>")]
    [TestCase("{}")]
    public async Task Success_that_does_not_say_which_video_is_asked_about(string body)
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        wire.After = (request, response) =>
        {
            if (request.Method == HttpMethod.Put && response.IsSuccessStatusCode)
                response.Content = new StringContent(body);
            return Task.CompletedTask;
        };
        var item = await stage.ItemAsync();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
    }

    [TestCase(404)]
    [TestCase(410)]
    public async Task A_session_that_ended_without_a_video_is_replaced_once_the_list_can_be_believed(int status)
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        wire.AfterFirstChunk = () =>
        {
            stage.YouTube.ExpireSessions(status);
            return Task.CompletedTask;
        };
        var start = stage.Clock.GetUtcNow();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
        var second = stage.World.Calls.Of(Start)[1];
        Assert.That(second.At - start, Is.InRange(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(40)));
    }

    [Test]
    public async Task A_video_whose_session_ended_is_found_by_its_marker_even_when_the_list_lags()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        stage.YouTube.Rules.ListLag = TimeSpan.FromMinutes(20);
        for (var i = 0; i < 60; i++)
            stage.YouTube.AddVideo(YouTubeStage.Channel, $"Other {i}", "", "sdsomethingelse");
        stage.YouTube.LoseLastAnswers();
        wire.Before = (request, _) =>
        {
            if (Wire.IsChunk(request) && request.Content!.Headers.ContentRange!.To == 699_999)
                wire.After = (_, _) => throw new HttpRequestException("gone");
            if (request.Content?.Headers.ContentRange is { HasRange: false } && stage.YouTube.Uploads.Count > 60)
                stage.YouTube.ExpireSessions();
            return Task.CompletedTask;
        };
        var item = await stage.ItemAsync();
        await stage.RunAsync(item);
        (wire.Before, wire.After) = (null, null);
        Assert.That((await stage.PromiseAsync(item)).RemoteId, Is.Null);

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Cut_connections_and_server_errors_cost_no_second_upload()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.CutNextChunks(100_000, times: 2);
        stage.YouTube.Refuse(Chunk, new ApiRefusal(500, "backendError", "Backend Error"), times: 2);
        var item = await stage.ItemAsync();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_takes_nothing_ends_the_try_and_not_in_a_loop()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Rules.KeepsPerChunk = 0;
        var item = await stage.ItemAsync();

        var now = await stage.RunAsync(item);

        Assert.That(now.Reason, Is.EqualTo("YouTube takes no more bytes; it holds 0 of 700000"));
        Assert.That((now.State, now.Waits), Is.EqualTo((ItemState.Publish, 1)));
        Assert.That(stage.World.Calls.Of(Chunk), Has.Count.LessThan(10));
        stage.YouTube.Rules.KeepsPerChunk = null;
        await stage.SettleAsync(item);
        await RequireOneAsync(stage, item);
    }

    [Test]
    public async Task An_upload_that_stands_still_is_ended()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        wire.Before = (request, cancel) =>
        {
            if (!Wire.IsChunk(request))
                return Task.CompletedTask;
            wire.Before = null;
            var never = Task.Delay(Timeout.Infinite, cancel);
            stage.Clock.Advance(TimeSpan.FromSeconds(121));
            return never;
        };

        var now = await stage.RunAsync(item);

        Assert.That(now.Reason, Is.EqualTo("The upload to YouTube stood still for 120 s"));
        await stage.SettleAsync(item);
        await RequireOneAsync(stage, item);
    }

    [Test]
    public async Task A_file_that_changes_on_disk_is_never_sent_to_its_end()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        wire.AfterFirstChunk = async () =>
        {
            var path = stage.Flow.Data.Of(item.Id).Video;
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.Position = 600_000;
            file.WriteByte(1);
            file.WriteByte(2);
        };

        var now = await stage.RunAsync(item);

        Assert.That((now.State, stage.YouTube.Uploads.Count), Is.EqualTo((ItemState.Render, 0)), now.Reason);
        var promise = await stage.PromiseAsync(item);
        Assert.That((promise.SessionUri, promise.AcknowledgedBytes), Is.EqualTo(((string?)null, 0L)));
        Assert.That(stage.World.Calls.All.Count(c => c.Method == "DELETE"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_for_an_earlier_file_is_given_up()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        await StopAfterFirstChunkAsync(stage, wire, item);
        var second = await stage.MakeAsync(item, 500_000);

        await stage.SettleAsync(item);

        Assert.That(stage.YouTube.Uploads.Single().Sha256, Is.EqualTo(second.Sha256));
        Assert.That((await stage.PromiseAsync(item)).Sha256, Is.EqualTo(second.Sha256));
    }

    [Test]
    public async Task An_earlier_file_that_has_arrived_counts()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        using var stop = new CancellationTokenSource();
        wire.After = async (request, response) =>
        {
            if (!response.IsSuccessStatusCode || !Wire.IsChunk(request))
                return;
            await stop.CancelAsync();
            throw new HttpRequestException("the process ends here");
        };
        Assert.CatchAsync<OperationCanceledException>(() => stage.RunAsync(item, stop.Token));
        wire.After = null;
        await stage.MakeAsync(item, 500_000);

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        await RequireOneAsync(stage, item);
    }

    private static async Task StopAfterFirstChunkAsync(YouTubeStage stage, Wire wire, Item item)
    {
        using var stop = new CancellationTokenSource();
        wire.Before = async (request, _) =>
        {
            if (Wire.IsChunk(request) && request.Content!.Headers.ContentRange!.From > 0)
                await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        };
        Assert.CatchAsync<OperationCanceledException>(() => stage.RunAsync(item, stop.Token));
        wire.Before = null;
    }

    private static async Task RequireOneAsync(YouTubeStage stage, Item item)
    {
        var promise = await stage.PromiseAsync(item);
        var ours = stage.YouTube.Uploads.Where(v => v.Tags.Contains(promise.Marker)).ToList();
        Assert.That(ours.Select(v => v.Sha256), Is.EqualTo(new[] { promise.Sha256 }));
        Assert.That(promise.RemoteId, Is.EqualTo(ours[0].VideoId));
    }
}
