using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>An outbox that cannot be used, and traces of a daemon that was killed while it published.</summary>
public sealed class OutboxFaultTests : DaemonTests
{
    [Test]
    public async Task An_unusable_outbox_makes_items_wait_until_it_is_mended()
    {
        await using var daemon = await WaitingAsync();

        File.Delete(Box.Outbox);

        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
        Assert.That(Box.Shorts(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_read_only_outbox_makes_items_wait_until_it_is_mended()
    {
        await using var mount = await Mount.TryAsync(Box.Outbox, "--bind", Box.Outbox);
        await mount.AgainAsync("remount,bind,ro");
        await Box.DropAsync("good.mp4", 1);
        await using var daemon = await Box.StartedAsync();
        await Box.WaitsAsync(ItemState.Publish, "read-only");

        await mount.AgainAsync("remount,bind,rw");

        Assert.That((await Box.EndedAsync(1)).Single().State, Is.EqualTo(ItemState.Published), Box.Story());
        Box.AssertTidy();
    }

    [Test]
    public async Task Killed_while_copying_it_leaves_no_trace_once_the_item_is_out()
    {
        await CrashedAsync(async name =>
            await File.WriteAllTextAsync(Path.Combine(Box.Outbox, $".{name}.mp4.part"), "half")
        );

        await Box.StartedAsync();

        await Box.EndedAsync(1);
        Assert.That(Box.Shorts().Select(FileOf), Is.EqualTo(["good.mp4"]));
        Box.AssertTidy();
    }

    [Test]
    public async Task Killed_while_copying_it_leaves_no_trace_even_when_the_name_was_taken_meanwhile()
    {
        await CrashedAsync(async name =>
        {
            await File.WriteAllTextAsync(Path.Combine(Box.Outbox, $".{name}.mp4.part"), "half");
            await File.WriteAllTextAsync(Path.Combine(Box.Outbox, $"{name}.mp4"), "somebody else's");
        });

        await Box.StartedAsync();

        await Box.EndedAsync(1);
        Assert.That(Box.Shorts().Select(FileOf), Is.EquivalentTo(["good.mp4", "good (2).mp4"]));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Box.Outbox, "good.mp4")), Is.EqualTo("somebody else's"));
        Box.AssertTidy();
    }

    [Test]
    public async Task Killed_between_the_copy_and_its_commit_it_makes_no_second_one([Values] bool workIsLost)
    {
        await CrashedAsync(name =>
        {
            var made = Directory.GetFiles(Box.Work, "short.mp4", SearchOption.AllDirectories).Single();
            File.Copy(made, Path.Combine(Box.Outbox, $"{name}.mp4"));
            // Encoded once more, the Short would be another file.
            if (workIsLost)
                Directory.Delete(Box.Work, recursive: true);
            return Task.CompletedTask;
        });
        if (workIsLost)
        {
            Box.Channel["Render"]!["Layout"] = "BlurredBackdrop";
            Box.Save();
        }

        await Box.StartedAsync();

        var item = (await Box.EndedAsync(1)).Single();
        await using var db = Box.OpenDatabase();
        var publication = await db.Publications.SingleAsync();
        Assert.That(item.State, Is.EqualTo(ItemState.Published), Box.Story());
        Assert.That(Box.Shorts().Select(FileOf), Is.EqualTo(["good.mp4"]));
        Assert.That(publication.RemoteId, Is.EqualTo(Box.Shorts().Single()));
        Assert.That(publication.Sha256, Is.EqualTo(KillTests.Hash(Box.Shorts().Single())));
    }

    /// <summary>A daemon whose only item waits in front of an outbox that is a file.</summary>
    private async Task<DaemonProcess> WaitingAsync()
    {
        Directory.Delete(Box.Outbox);
        await File.WriteAllTextAsync(Box.Outbox, "in the way");
        await Box.DropAsync("good.mp4", 1);
        var daemon = await Box.StartedAsync();
        await Box.WaitsAsync(ItemState.Publish, "exists");
        return daemon;
    }

    /// <summary>Sets things as a daemon leaves them that is killed after it reserved the name.</summary>
    private async Task CrashedAsync(Func<string, Task> traceAsync)
    {
        var daemon = await WaitingAsync();
        await daemon.StopAsync();
        File.Delete(Box.Outbox);
        Directory.CreateDirectory(Box.Outbox);
        await using var db = Box.OpenDatabase(toWrite: true);
        await db.Publications.ExecuteUpdateAsync(p => p.SetProperty(x => x.ReservedName, "good"));
        await traceAsync("good");
    }
}
