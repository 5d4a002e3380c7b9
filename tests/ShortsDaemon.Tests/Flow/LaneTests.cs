using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

public sealed class LaneTests
{
    [Test]
    public async Task Counts_who_is_in_it_and_who_waits()
    {
        using var lane = new Lane(() => 2);
        var first = await lane.EnterAsync(CancellationToken.None);
        Assert.That(lane.Wanted, Is.EqualTo(1));

        var second = await lane.EnterAsync(CancellationToken.None);
        var third = lane.EnterAsync(CancellationToken.None);
        Assert.That(lane.Wanted, Is.EqualTo(3));

        first.Dispose();
        (await third).Dispose();
        second.Dispose();
        Assert.That(lane.Wanted, Is.Zero);
    }

    [Test]
    public void An_encode_alone_takes_all_cores_and_those_side_by_side_share_them()
    {
        var options = new EncodingOptions();
        var cores = Environment.ProcessorCount;

        Assert.That(options.ThreadsFor(1), Is.Zero, "as many as ffmpeg likes");
        Assert.That(
            options.ThreadsFor(1000),
            Is.EqualTo(options.LaneCount == 1 ? 0 : Math.Max(1, cores / options.LaneCount))
        );
        Assert.That(options.LaneCount, Is.EqualTo(cores == 1 ? 1 : Math.Max(2, cores / 2)));
    }

    [Test]
    public void One_lane_leaves_all_cores_to_each() =>
        Assert.That(new EncodingOptions { Lanes = 1 }.ThreadsFor(5), Is.Zero);
}
