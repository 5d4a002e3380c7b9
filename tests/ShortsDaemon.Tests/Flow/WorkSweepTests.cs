using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

internal sealed class WorkSweepTests
{
    [Test]
    public async Task Removes_folders_of_ended_and_unknown_items_and_leaves_the_rest()
    {
        using var world = new FlowWorld();
        var underWay = await world.AddAsync("a.mp4", "a", ItemState.Render);
        var ended = await world.AddAsync("b.mp4", "b", ItemState.Published);
        foreach (var name in (string[])[$"{underWay.Id}", $"{ended.Id}", "4711", "somebody-elses"])
            Directory.CreateDirectory(Path.Combine(world.Data.Work, name));
        Assert.That(await world.Get<WorkSweep>().RunAsync(CancellationToken.None), Is.EqualTo(2));
        Assert.That(
            Directory.GetDirectories(world.Data.Work).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { $"{underWay.Id}", "somebody-elses" })
        );
    }

    [Test]
    public async Task Has_nothing_to_do_where_nothing_was_made()
    {
        using var world = new FlowWorld();
        Assert.That(await world.Get<WorkSweep>().RunAsync(CancellationToken.None), Is.Zero);
    }
}
