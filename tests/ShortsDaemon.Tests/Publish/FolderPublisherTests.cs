using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Publish;

internal sealed class FolderPublisherTests
{
    private OutboxWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new OutboxWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Lays_video_picture_and_description()
    {
        var item = await _world.ItemAsync("Ein Clip");
        var path = await _world.PublishAsync(item, await _world.MakeAsync(item, "video"));
        Assert.That(path, Is.EqualTo(Path.Combine(_world.Folder, "Ein Clip.mp4")));
        Assert.That(_world.Files, Is.EqualTo(new[] { "Ein Clip.jpg", "Ein Clip.json", "Ein Clip.mp4" }));
        Assert.That(_world.Read("Ein Clip.mp4"), Is.EqualTo("video"));
    }

    [Test]
    public async Task Finds_its_own_file_after_a_crash_before_the_confirmation()
    {
        var item = await _world.ItemAsync();
        var rendition = await _world.MakeAsync(item, "video");
        var first = await _world.PublishAsync(item, rendition);
        _world.World.Restart();
        Assert.That(await _world.PublishAsync(item, rendition), Is.EqualTo(first));
        Assert.That(_world.Files, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_Short_made_again_is_no_second_copy_when_the_first_had_arrived()
    {
        var item = await _world.ItemAsync();
        var before = await _world.MakeAsync(item, "video, first encode");
        var first = await _world.PublishAsync(item, before);
        var again = await _world.PublishAsync(item, await _world.MakeAsync(item, "video, second encode"));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(_world.Files, Has.Count.EqualTo(3));
        Assert.That((await _world.PromiseAsync(item)).Sha256, Is.EqualTo(before.Sha256), "the one that is there");
    }

    [Test]
    public async Task A_Short_made_again_before_any_arrived_is_the_one_that_ships()
    {
        var item = await _world.ItemAsync();
        await _world.ShipmentAsync(item, await _world.MakeAsync(item, "video, first encode"));
        var second = await _world.MakeAsync(item, "video, second encode");
        await _world.PublishAsync(item, second);
        Assert.That(_world.Read("clip.mp4"), Is.EqualTo("video, second encode"));
        var promise = await _world.PromiseAsync(item);
        Assert.That((promise.RenditionId, promise.Sha256), Is.EqualTo((second.Id, second.Sha256)));
    }

    [TestCase("clip.mp4")]
    [TestCase("clip.jpg")]
    [TestCase("clip.json")]
    public async Task Somebody_elses_file_is_never_overwritten(string foreign)
    {
        _world.Lay(foreign, "mine");
        var item = await _world.ItemAsync("clip");
        var path = await _world.PublishAsync(item, await _world.MakeAsync(item, "video"));
        Assert.That(Path.GetFileName(path), Is.EqualTo("clip (2).mp4"));
        Assert.That(_world.Read(foreign), Is.EqualTo("mine"));
        Assert.That(_world.Files, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_description_that_cannot_be_read_is_somebody_elses()
    {
        Directory.CreateDirectory(Path.Combine(_world.Folder, "clip.json"));
        var item = await _world.ItemAsync("clip");
        var path = await _world.PublishAsync(item, await _world.MakeAsync(item, "video"));
        Assert.That(Path.GetFileName(path), Is.EqualTo("clip (2).mp4"));
    }

    [Test]
    public async Task A_name_lost_after_its_reservation_is_given_up_and_what_was_laid_there_is_removed()
    {
        var item = await _world.ItemAsync();
        var rendition = await _world.MakeAsync(item, "video");
        await _world.PublishAsync(item, rendition);
        _world.Lay("clip.mp4", "somebody copied another file over it");
        _world.Lay(".clip.mp4.part", "left by a killed process");
        var path = await _world.PublishAsync(item, rendition);
        Assert.That(Path.GetFileName(path), Is.EqualTo("clip (2).mp4"));
        Assert.That(_world.Files, Is.EqualTo(new[] { "clip (2).jpg", "clip (2).json", "clip (2).mp4", "clip.mp4" }));
        Assert.That(_world.Read("clip.mp4"), Does.StartWith("somebody"));
    }

    [Test]
    public async Task What_a_killed_process_left_half_written_is_replaced()
    {
        var item = await _world.ItemAsync();
        var rendition = await _world.MakeAsync(item, "video");
        await _world.PublishAsync(item, rendition);
        File.Delete(Path.Combine(_world.Folder, "clip.mp4"));
        _world.Lay(".clip.mp4.part", "vid");
        await _world.PublishAsync(item, rendition);
        Assert.That(_world.Files, Is.EqualTo(new[] { "clip.jpg", "clip.json", "clip.mp4" }));
        Assert.That(_world.Read("clip.mp4"), Is.EqualTo("video"));
    }

    [Test]
    public async Task Only_the_file_that_passed_the_gate_ships()
    {
        var item = await _world.ItemAsync();
        var rendition = await _world.MakeAsync(item, "video");
        await File.AppendAllTextAsync(_world.World.Data.Of(item.Id).Video, " changed after the gate");
        var thrown = Assert.ThrowsAsync<MissingArtefactException>(() => _world.PublishAsync(item, rendition));
        Assert.That(thrown.Maker, Is.EqualTo(ItemState.Render));
        Assert.That(_world.Files.Where(f => f.Contains(".mp4", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Items_of_one_title_that_ship_at_once_all_arrive()
    {
        List<(Item Item, Rendition Rendition)> made = [];
        for (var i = 0; i < 8; i++)
        {
            var item = await _world.ItemAsync("same");
            made.Add((item, await _world.MakeAsync(item, $"video {item.Id}")));
        }
        // Half of them through another channel that shares the folder.
        var paths = await Task.WhenAll(
            made.Select(
                (m, i) => Task.Run(() => _world.PublishAsync(m.Item, m.Rendition, i % 2 == 0 ? "a/Folder" : "b/Folder"))
            )
        );
        Assert.That(paths, Is.Unique);
        Assert.That(paths.Select(File.ReadAllText), Is.EqualTo(made.Select(m => $"video {m.Item.Id}")));
        Assert.That(_world.Files, Has.Count.EqualTo(24));
    }

    [Test]
    public async Task The_description_is_valid_JSON_for_any_title()
    {
        var item = await _world.ItemAsync("\"}\n\\ <b>🎉</b> \u2028 \0 ä");
        var rendition = await _world.MakeAsync(item, "video");
        var path = await _world.PublishAsync(item, rendition);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(path, ".json")));
        Assert.That(json.RootElement.GetProperty("title").GetString(), Is.EqualTo(item.Title));
        Assert.That(json.RootElement.GetProperty("sha256").GetString(), Is.EqualTo(rendition.Sha256));
        Assert.That(
            json.RootElement.GetProperty("source").GetProperty("sha256").GetString(),
            Is.EqualTo(item.ContentHash)
        );
    }

    [Test]
    public async Task The_description_has_the_title_that_a_person_wanted()
    {
        var item = await _world.ItemAsync("clip 17");
        item.WantedTitle = "The last boss";
        var path = await _world.PublishAsync(item, await _world.MakeAsync(item, "video"));

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(path, ".json")));
        Assert.That(json.RootElement.GetProperty("title").GetString(), Is.EqualTo("The last boss"));
    }
}
