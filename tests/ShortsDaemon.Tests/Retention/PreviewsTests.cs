using NUnit.Framework;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Retention;

namespace ShortsDaemon.Tests.Retention;

/// <summary>Thumbnails for the control room: kept when a Short passes, and as long as the history.</summary>
internal sealed class PreviewsTests
{
    private KeepWorld _keep = null!;

    private DataFolder Data => _keep.World.Data;

    [SetUp]
    public void MakeWorld() => _keep = new KeepWorld();

    [TearDown]
    public void CleanUp() => _keep.Dispose();

    [Test]
    public async Task A_later_one_takes_the_place_of_the_earlier()
    {
        await KeepAsync(7, "first");
        await KeepAsync(7, "second");

        Assert.That(await File.ReadAllTextAsync(Data.PreviewOf(new ItemId(7))), Is.EqualTo("second"));
        Assert.That(Directory.GetFileSystemEntries(Data.Previews), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_canary_has_none()
    {
        await KeepAsync(CanaryItem.Id.Value, "x");
        Assert.That(Data.Previews, Does.Not.Exist);
    }

    [Test]
    public async Task Where_none_can_be_kept_the_work_goes_on()
    {
        await File.WriteAllTextAsync(Data.Previews, "a file where the folder should be");
        Assert.DoesNotThrowAsync(() => KeepAsync(7, "x"));
    }

    [Test]
    public async Task They_go_with_the_history_and_nothing_else_in_their_folder_does()
    {
        _keep.World.Edit(new RetentionOptions { HistoryDays = 30 });
        Directory.CreateDirectory(Data.Previews);
        string[] gone = [Aged("1.jpg", 31), Aged(".2.jpg.part", 31)];
        var target = Aged("mine.jpg", 900);
        string[] stay = [Aged("3.jpg", 29), Aged("4.jpg", 0), target, Aged("5.jpg.txt", 900), Aged("x1.jpg", 900)];
        var link = Path.Combine(Data.Previews, "6.jpg");
        File.CreateSymbolicLink(link, target);

        var preview = await _keep.PreviewAsync();
        Assert.That(gone, Is.All.Exist, "a preview of the clean-up removes nothing");
        var removed = (await _keep.PruneAsync()).Removed;

        Assert.That(removed.Select(r => r.What), Is.EquivalentTo(gone));
        Assert.That(preview.Select(p => p.What), Is.EqualTo(removed.Select(r => r.What)));
        Assert.That(removed.Select(r => (r.Kind, r.SizeBytes)), Is.All.EqualTo(("preview", 4L)));
        Assert.That(gone, Has.None.Exist);
        Assert.That(stay.Append(link), Is.All.Exist);
    }

    private async Task KeepAsync(long item, string content)
    {
        var thumbnail = Path.Combine(Data.Root, "thumbnail.jpg");
        await File.WriteAllTextAsync(thumbnail, content);
        await _keep.World.Get<Previews>().KeepAsync(new ItemId(item), thumbnail, CancellationToken.None);
    }

    private string Aged(string name, double days)
    {
        var path = Path.Combine(Data.Previews, name);
        File.WriteAllText(path, "JPEG");
        return _keep.World.Age(path, TimeSpan.FromDays(days));
    }
}
