using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

public sealed class LaneTests
{
    [Test]
    public async Task Counts_who_waits()
    {
        using var lane = new Lane(() => 2);
        var first = await lane.EnterAsync(CancellationToken.None);
        var second = await lane.EnterAsync(CancellationToken.None);
        var third = lane.EnterAsync(CancellationToken.None);
        Assert.That(lane.Waiting, Is.EqualTo(1));

        first.Dispose();
        (await third).Dispose();
        second.Dispose();
        Assert.That(lane.Waiting, Is.Zero);
    }

    [Test]
    public void An_encode_that_nobody_waits_for_takes_all_cores_and_others_share_them()
    {
        var options = new EncodingOptions();
        var cores = Environment.ProcessorCount;

        Assert.That(options.ThreadsFor(0), Is.Zero, "as many as ffmpeg likes");
        Assert.That(options.ThreadsFor(1000), Is.EqualTo(Math.Max(1, cores / options.LaneCount)));
        Assert.That(options.LaneCount, Is.EqualTo(cores == 1 ? 1 : Math.Max(2, cores / 2)));
    }

    [Test]
    public void One_lane_leaves_all_cores_to_each() =>
        Assert.That(new EncodingOptions { Lanes = 1 }.ThreadsFor(5), Is.EqualTo(Environment.ProcessorCount));
}
