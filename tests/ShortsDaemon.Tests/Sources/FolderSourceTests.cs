using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Sources;

internal sealed class FolderSourceTests
{
    private FakeMediaTools _tools = null!;
    private FlowWorld _world = null!;

    [SetUp]
    public async Task MakeWorld()
    {
        _tools = new FakeMediaTools();
        _world = new FlowWorld(tools: _tools);
        await using var db = _world.Open();
        foreach (var name in (string[])["inbox", "second"])
            db.Channels.Add(new Channel { Name = name, FirstSeenAt = _world.Clock.GetUtcNow() });
        await db.SaveChangesAsync();
    }

    [TearDown]
    public void CleanUp()
    {
        _world.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task A_new_recording_under_an_old_name_is_a_new_item()
    {
        _world.Drop("clip.mp4", "one");
        Assert.That(await DiscoverAsync(), Is.EqualTo(1));
        Assert.That(await DiscoverAsync(), Is.Zero, "the same file is no news");
        _world.Drop("clip.mp4", "another one");
        Assert.That(await DiscoverAsync(), Is.EqualTo(1));
        await using var db = _world.Open();
        Assert.That(await db.Items.CountAsync(i => i.Title == "clip"), Is.EqualTo(2));
    }

    [Test]
    public async Task Two_channels_on_one_folder_both_get_their_items()
    {
        _world.Drop("clip.mp4", "one");
        Assert.That((await DiscoverAsync("inbox"), await DiscoverAsync("second")), Is.EqualTo((1, 1)));
        Assert.That((await DiscoverAsync("inbox"), await DiscoverAsync("second")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task One_folder_named_twice_brings_each_file_once()
    {
        _world.Drop("clip.mp4", "one");
        var channel = new ChannelOptions { Sources = [Folder(), Folder()] };
        Assert.That(await DiscoverAsync(channel: channel), Is.EqualTo(1));
    }

    [Test]
    public async Task A_folder_that_cannot_be_read_does_not_keep_the_others_from_being_read()
    {
        _world.Drop("clip.mp4", "one");
        var broken = Path.Combine(_world.Drop("file.txt", "x"), "below a file");
        var channel = new ChannelOptions { Sources = [Folder(broken), Folder()] };
        var found = await _world.Get<DiscoverStep>().RunAsync("inbox", channel, CancellationToken.None);
        Assert.That(found.Items, Has.Count.EqualTo(1));
        Assert.That(found.Problems.Single(), Does.Contain(broken));
    }

    [Test]
    public async Task A_file_replaced_since_it_was_found_is_not_taken_for_the_old_one()
    {
        var item = await _world.AddAsync("clip.mp4", "one");
        _world.Drop("clip.mp4", "another recording");
        var target = Path.Combine(_world.Data.Root, "target");
        Assert.ThrowsAsync<RefusedMediaException>(() => Source.FetchAsync(item, target, CancellationToken.None));
    }

    [Test]
    public async Task A_file_that_is_gone_is_told_as_such()
    {
        var item = await _world.AddAsync("clip.mp4", "one");
        File.Delete(item.Location);
        Assert.ThrowsAsync<FileNotFoundException>(() =>
            Source.FetchAsync(item, Path.Combine(_world.Data.Root, "target"), CancellationToken.None)
        );
    }

    [Test]
    public async Task Only_the_original_of_the_item_is_moved_away()
    {
        var done = Path.Combine(_world.Data.Root, "done");
        var settings = new FolderSourceOptions
        {
            Type = "Folder",
            Path = _world.Inbox,
            MoveDoneTo = done,
        };
        var item = await _world.AddAsync("clip.mp4", "one");
        await Source.ReleaseAsync(item, settings, CancellationToken.None);
        await Source.ReleaseAsync(item, settings, CancellationToken.None);
        Assert.That(File.ReadAllText(Path.Combine(done, "clip.mp4")), Is.EqualTo("one\n"));
        var path = _world.Drop("clip.mp4", "a new recording under the same name");
        await Source.ReleaseAsync(item, settings, CancellationToken.None);
        Assert.That(File.Exists(path), Is.True, "the new recording has not been made into a Short yet");
    }

    [Test]
    public async Task Done_originals_of_one_name_are_all_kept()
    {
        var done = Path.Combine(_world.Data.Root, "done");
        var settings = new FolderSourceOptions
        {
            Type = "Folder",
            Path = _world.Inbox,
            MoveDoneTo = done,
        };
        foreach (var content in (string[])["one", "second", "the third"])
            await Source.ReleaseAsync(await _world.AddAsync("clip.mp4", content), settings, CancellationToken.None);
        Assert.That(
            Directory.GetFiles(done).Select(f => File.ReadAllText(f).Trim()),
            Is.EquivalentTo(new[] { "one", "second", "the third" })
        );
    }

    [Test]
    public async Task Of_two_equal_files_one_becomes_a_Short()
    {
        await _world.AddAsync("a.mp4", "same");
        await _world.AddAsync("b.mp4", "same");
        await using (var db = _world.Open())
            foreach (var id in await db.Items.Select(i => i.Id).ToListAsync())
                await _world.Get<ItemWalk>().WalkAsync(id, CancellationToken.None);
        await using var after = _world.Open();
        var (first, second) = (
            await after.Items.SingleAsync(i => i.Title == "a"),
            await after.Items.SingleAsync(i => i.Title == "b")
        );
        Assert.That((first.State, second.State), Is.EqualTo((ItemState.Published, ItemState.Rejected)));
        Assert.That(second.DuplicateOf, Is.EqualTo(first.Id));
    }

    private ISource Source => _world.Get<SourceCatalog>().Of("Folder");

    private FolderSourceOptions Folder(string? path = null) =>
        new()
        {
            Type = "Folder",
            Path = path ?? _world.Inbox,
            SettleSeconds = 0,
        };

    private async Task<int> DiscoverAsync(string name = "inbox", ChannelOptions? channel = null) =>
        (
            await _world
                .Get<DiscoverStep>()
                .RunAsync(name, channel ?? new ChannelOptions { Sources = [Folder()] }, CancellationToken.None)
        )
            .Items
            .Count;
}
