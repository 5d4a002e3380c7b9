using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

[NonParallelizable] // this process's memory is measured
internal sealed class UploadMemoryTests
{
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task Memory_is_flat_in_the_size_of_the_file()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(settings: new YouTubeOptions { ChunkMiB = 2 }, wire: wire);
        stage.YouTube.Rules.KeepsFiles = false;
        List<long> live = [];
        wire.Before = (request, _) =>
        {
            if (Wire.IsChunk(request))
                live.Add(GC.GetTotalMemory(forceFullCollection: true));
            return Task.CompletedTask;
        };

        var end = await stage.SettleAsync(await stage.ItemAsync(size: 64 * MiB));

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(live, Has.Count.EqualTo(32));
        // The first chunks fill what is kept and used again.
        Assert.That(live.Skip(2).Max() - live[2], Is.LessThan(8 * MiB));
    }
}
