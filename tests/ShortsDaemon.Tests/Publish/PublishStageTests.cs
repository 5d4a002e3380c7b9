using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Tests.Publish;

internal sealed class PublishStageTests
{
    [Test]
    public async Task A_destination_that_is_down_keeps_the_Short_from_no_other()
    {
        using var world = new OutboxWorld();
        var item = await world.ItemAsync();
        await world.MakeAsync(item, "video");
        var blocked = Path.Combine(world.World.Data.Root, "a file");
        await File.WriteAllTextAsync(blocked, "no folder");
        Use(world, [To("down", Path.Combine(blocked, "x")), To("up", world.Folder)]);

        var waiting = await world.World.Get<StageRunner>().RunAsync(item, CancellationToken.None);

        Assert.That((waiting.State, waiting.Waits), Is.EqualTo((ItemState.Publish, 1)));
        Assert.That(waiting.Reason, Does.Contain("a file"));
        Assert.That(world.Files, Has.Member("clip.mp4"));
        await using var db = world.World.Open();
        var arrived = await db.Publications.Where(p => p.PublishedAt != null).Select(p => p.Destination).ToListAsync();
        Assert.That(arrived, Is.EqualTo(new[] { "inbox/up" }));
    }

    private static FolderDestinationOptions To(string name, string path) =>
        new()
        {
            Type = FolderPublisher.TypeName,
            Name = name,
            Path = path,
        };

    private static void Use(OutboxWorld world, FolderDestinationOptions[] destinations)
    {
        var before = world.World.Live.Value;
        world.World.Live.Accept(
            new ShortsOptions
            {
                Daemon = before.Daemon,
                Storage = before.Storage,
                Retry = before.Retry,
                Channels =
                {
                    ["inbox"] = new() { Sources = before.Channels["inbox"].Sources, Destinations = [.. destinations] },
                },
            }
        );
    }
}
