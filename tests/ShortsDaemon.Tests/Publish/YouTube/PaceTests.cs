using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

internal sealed class PaceTests
{
    [Test]
    public async Task An_upload_keeps_to_its_rate()
    {
        await using var stage = await YouTubeStage.OpenAsync(
            settings: new YouTubeOptions { ChunkMiB = 0.25, UploadKiBPerSecond = 64 }
        );
        var item = await stage.ItemAsync(size: 1 << 20);
        var start = stage.Clock.GetUtcNow();

        await stage.RunAsync(item);

        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(1));
        Assert.That((stage.Clock.GetUtcNow() - start).TotalSeconds, Is.InRange(15, 17));
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_chunk_is_a_multiple_of_256_KiB()
    {
        await using var stage = await YouTubeStage.OpenAsync(settings: new YouTubeOptions { ChunkMiB = 0.5 });

        await stage.SettleAsync(await stage.ItemAsync());

        Assert.That(
            stage.World.Calls.Of("youtube.upload.chunk").Select(c => c.Headers["Content-Range"]),
            Is.EqualTo(new[] { "bytes 0-524287/700000", "bytes 524288-699999/700000" })
        );
    }
}
