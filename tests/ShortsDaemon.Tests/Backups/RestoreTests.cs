using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.AfterRestore;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.Tests.Publish;
using ShortsDaemon.Tests.Publish.YouTube;

namespace ShortsDaemon.Tests.Backups;

/// <summary>After a restore the daemon knows nothing of what went out since, and still sends nothing twice.</summary>
internal sealed class RestoreTests
{
    private const string Door = "restore:" + YouTubeStage.Destination;
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(31);

    [Test]
    public async Task Three_days_later_with_two_uploads_since_none_goes_out_twice()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var first = await PublishAsync(stage, "First");
        await BackUpAsync(stage.Flow);
        stage.Clock.Advance(TimeSpan.FromDays(1));
        var second = await PublishAsync(stage, "Second");
        stage.YouTube.AddVideo(YouTubeStage.Channel, "By hand", tags: ["sd", "sdnotours"]);
        stage.Clock.Advance(TimeSpan.FromDays(2));
        var third = await PublishAsync(stage, "Third");
        var ids = new Dictionary<string, string?>
        {
            ["Second"] = (await stage.PromiseAsync(second)).RemoteId,
            ["Third"] = (await stage.PromiseAsync(third)).RemoteId,
        };
        var before = stage.YouTube.Uploads.Count;

        await RestoreAsync(stage.Flow);
        // In another order, so that they get each other's numbers.
        var thirdAgain = await RediscoverAsync(stage, third);
        var secondAgain = await RediscoverAsync(stage, second);
        Assert.That(secondAgain.Id, Is.EqualTo(third.Id));
        await RequireLockedAsync(stage, thirdAgain);
        stage.Clock.Advance(Lag);
        await stage.Flow.Get<ReadBack>().RunAsync(default);

        Assert.That(await stage.AllAsync<Hold>(), Is.Empty, "the lock has opened by itself");
        Assert.That((await stage.AllAsync<Restore>()).Single().SettledAt, Is.Not.Null);
        Assert.That(await PostedAsync(stage), Is.EqualTo(3), "caps and spacing count them already");
        foreach (var item in (Item[])[secondAgain, thirdAgain])
            Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published), item.Title);
        Assert.That((await stage.ReadAsync(first)).State, Is.EqualTo(ItemState.Published));
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(before), "nothing was sent again");
        foreach (var item in (Item[])[secondAgain, thirdAgain])
            Assert.That((await stage.PromiseAsync(item)).RemoteId, Is.EqualTo(ids[item.Title]));
        Assert.That(await PostedAsync(stage), Is.EqualTo(3));
        await PublishAsync(stage, "Fourth");
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(before + 1), "what is new goes out");
    }

    [Test]
    public async Task An_upload_that_was_under_way_at_the_backup_is_not_repeated()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync("Under way");
        wire.AfterFirstChunk = () =>
        {
            wire.Before = (_, _) => throw new HttpRequestException("gone");
            return Task.CompletedTask;
        };
        await stage.RunAsync(item);
        Assert.That((await stage.PromiseAsync(item)).SessionUri, Is.Not.Null);
        await BackUpAsync(stage.Flow);
        wire.Before = null;
        await stage.SettleAsync(item);
        stage.YouTube.ExpireSessions();
        await RestoreAsync(stage.Flow);
        await RequireLockedAsync(stage, item);

        stage.Clock.Advance(Lag);
        await stage.Flow.Get<ReadBack>().RunAsync(default);

        // Its files went with the work folder.
        await PrepareFilesAsync(stage, item);
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Before_the_list_can_be_up_to_date_nobody_looks()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        await BackUpAsync(stage.Flow);
        await RestoreAsync(stage.Flow);

        stage.Clock.Advance(TimeSpan.FromMinutes(29));
        await stage.Flow.Get<ReadBack>().RunAsync(default);

        Assert.That((await stage.AllAsync<Hold>()).Select(h => h.Scope), Is.EqualTo(new[] { Door }));
        Assert.That(stage.World.Calls.Of("youtube.channels"), Is.Empty);
    }

    [Test]
    public async Task A_channel_that_cannot_be_read_stays_locked_and_says_so_until_somebody_has_logged_in()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        await PublishAsync(stage, "First");
        await BackUpAsync(stage.Flow);
        var second = await PublishAsync(stage, "Second");
        await RestoreAsync(stage.Flow);
        stage.YouTube.Revoke("owner");
        await ReadBackAsync(stage, times: 4);

        var hold = (await stage.AllAsync<Hold>()).Single(h => h.Scope == Door);
        Assert.That(hold.Reason, Does.Contain("not accepted").And.Contain($"holds release {Door}"));
        var alert = (await stage.AllAsync<Alert>()).Single(a => a.Rule == "PublishLocked");
        Assert.That((alert.Subject, alert.ResolvedAt), Is.EqualTo((YouTubeStage.Destination, (DateTimeOffset?)null)));
        var again = await RediscoverAsync(stage, second);
        await RequireLockedAsync(stage, again);

        await stage.LogInAsync();
        await stage.Flow.Get<Holds>().ReleaseAsync("account:YouTube/main", default);
        await ReadBackAsync(stage, times: 1);

        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
        Assert.That((await stage.AllAsync<Alert>()).Select(a => a.ResolvedAt), Is.All.Not.Null);
        await stage.SettleAsync(again);
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_person_may_open_it_unread()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        await BackUpAsync(stage.Flow);
        await RestoreAsync(stage.Flow);

        Assert.That(await stage.Flow.Get<Holds>().ReleaseAsync("restore", default), Is.True);
        await stage.Flow.Get<ReadBack>().RunAsync(default);

        Assert.That((await stage.AllAsync<Restore>()).Single().SettledAt, Is.Not.Null);
        await PublishAsync(stage, "First");
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_folder_keeps_one_Short_of_a_clip()
    {
        using var box = new OutboxWorld();
        await BackUpAsync(box.World);
        var item = await box.ItemAsync("Match point");
        await box.MakeAsync(item, "the Short");
        await box.World.Get<StageRunner>().RunAsync(item, default);
        Assert.That(box.Files, Is.EqualTo(new[] { "Match point.jpg", "Match point.json", "Match point.mp4" }));
        await RestoreAsync(box.World);
        // Made anew it is another file.
        var again = await AddAgainAsync(box.World, item);
        box.World.Data.Of(again.Id).Create();
        await File.WriteAllTextAsync(box.World.Data.Of(again.Id).Thumbnail, "picture");
        await box.MakeAsync(again, "the Short, encoded again");
        Assert.That((await box.World.Get<StageRunner>().RunAsync(again, default)).State, Is.EqualTo(ItemState.Publish));
        Assert.That(await HealthAsync(box.World), Is.EqualTo(HealthStatus.Degraded));

        await box.World.Get<ReadBack>().RunAsync(default);

        Assert.That(await HealthAsync(box.World), Is.EqualTo(HealthStatus.Healthy));
        again = await ReadAsync(box.World, again);
        Assert.That(
            (await box.World.Get<StageRunner>().RunAsync(again, default)).State,
            Is.EqualTo(ItemState.Published)
        );
        Assert.That(box.Files, Has.Count.EqualTo(3));
        Assert.That(box.Read("Match point.mp4"), Is.EqualTo("the Short"));
    }

    [Test]
    public async Task A_folder_that_was_there_and_is_not_mounted_is_not_an_empty_one()
    {
        using var box = new OutboxWorld();
        var item = await box.ItemAsync();
        await box.MakeAsync(item, "the Short");
        await box.World.Get<StageRunner>().RunAsync(item, default);
        await BackUpAsync(box.World);
        await RestoreAsync(box.World);
        Directory.Move(box.Folder, box.Folder + "-unmounted");

        await box.World.Get<ReadBack>().RunAsync(default);

        var hold = (await box.World.Get<Holds>().ListAsync(default)).Single();
        Assert.That(hold.Reason, Does.Contain("mount its disk"));
    }

    private static async Task<int> PostedAsync(YouTubeStage stage)
    {
        await using var db = stage.Flow.Open();
        var now = stage.Clock.GetUtcNow();
        return (await PostedTimes.ReadAsync(db, [YouTubeStage.Destination], null, now, default)).Count;
    }

    private static async Task<Item> PublishAsync(YouTubeStage stage, string title)
    {
        var item = await stage.SettleAsync(await stage.ItemAsync(title));
        Assert.That(item.State, Is.EqualTo(ItemState.Published), item.Reason);
        return item;
    }

    private static async Task BackUpAsync(FlowWorld flow) => await flow.Get<BackupMaker>().MakeAsync(default);

    private static async Task RestoreAsync(FlowWorld flow)
    {
        flow.Restart();
        SqliteConnection.ClearAllPools();
        var restoration = flow.Get<Restoration>();
        await restoration.RunAsync(await Restoration.VerifyAsync(restoration.Find(null), default), default);
        await flow.Get<DatabaseStart>().PrepareAsync(default);
    }

    private static async Task RequireLockedAsync(YouTubeStage stage, Item item)
    {
        await PrepareFilesAsync(stage, item);
        var (before, now) = (stage.World.Calls.Of("youtube.upload.start").Count, await stage.RunAsync(item));
        Assert.That((now.State, now.Tries), Is.EqualTo((ItemState.Publish, 0)));
        Assert.That(now.Reason, Does.Contain("restore"));
        Assert.That(stage.World.Calls.Of("youtube.upload.start"), Has.Count.EqualTo(before));
    }

    private static async Task ReadBackAsync(YouTubeStage stage, int times)
    {
        for (var i = 0; i < times; i++)
        {
            stage.Clock.Advance(Lag);
            await stage.Flow.Get<ReadBack>().RunAsync(default);
        }
    }

    private static async Task<Item> RediscoverAsync(YouTubeStage stage, Item lost)
    {
        var item = await AddAgainAsync(stage.Flow, lost);
        await PrepareFilesAsync(stage, item);
        return item;
    }

    private static async Task<Item> AddAgainAsync(FlowWorld flow, Item lost)
    {
        var item = flow.NewItem(lost.ExternalId, lost.Title, lost.Location, ItemState.Publish);
        item.Source = lost.Source;
        await using var db = flow.Open();
        if (!await db.Channels.AnyAsync())
            db.Channels.Add(new Channel { Name = FlowWorld.ChannelName, FirstSeenAt = flow.Clock.GetUtcNow() });
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item;
    }

    private static async Task PrepareFilesAsync(YouTubeStage stage, Item item)
    {
        var files = stage.Flow.Data.Of(item.Id);
        files.Create();
        await File.WriteAllBytesAsync(files.Thumbnail, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        await stage.MakeAsync(item);
    }

    private static async Task<Item> ReadAsync(FlowWorld flow, Item item)
    {
        await using var db = flow.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
    }

    private static async Task<HealthStatus> HealthAsync(FlowWorld flow) =>
        (await new PostingHealth(flow.Databases, flow.Live, flow.Clock).CheckHealthAsync(new(), default)).Status;
}
