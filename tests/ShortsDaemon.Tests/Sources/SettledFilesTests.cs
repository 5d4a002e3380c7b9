using NUnit.Framework;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Sources;

internal sealed class SettledFilesTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private TestFolder _folder = null!;
    private FakeTimeProvider _clock = null!;
    private SettledFiles _settled = null!;

    [SetUp]
    public void Make()
    {
        _folder = new TestFolder();
        _clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        _settled = new SettledFiles(_clock);
    }

    [TearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public void A_new_file_is_whole_once_it_stood_still()
    {
        var path = _folder.Write("a.mp4", "x");
        Assert.That(IsWhole(path), Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(IsWhole(path), Is.False);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(IsWhole(path), Is.True);
    }

    [Test]
    public void A_growing_file_is_not_whole_however_long_it_grows()
    {
        var path = _folder.Write("a.mp4", "x");
        for (var i = 0; i < 20; i++)
        {
            Assert.That(IsWhole(path), Is.False);
            _clock.Advance(TimeSpan.FromSeconds(1));
            File.AppendAllText(path, "more");
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
        }
        Assert.That(IsWhole(path), Is.False);
        _clock.Advance(Settle);
        Assert.That(IsWhole(path), Is.True);
    }

    [Test]
    public void A_file_that_lay_there_for_long_is_whole_at_first_sight()
    {
        var path = _folder.Write("a.mp4", "x");
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(IsWhole(path), Is.True);
    }

    [Test]
    public void A_copy_with_an_old_time_is_waited_for()
    {
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var path = Path.GetTempFileName();
        File.SetLastWriteTimeUtc(path, old);
        var (isWhole, created) = (IsWhole(path), File.GetCreationTimeUtc(path));
        File.Delete(path);
        if (created <= old)
            Assert.Ignore("this file system keeps no creation times");
        Assert.That(isWhole, Is.False);
    }

    [Test]
    public void A_time_stamp_ahead_of_our_clock_does_not_matter()
    {
        var path = _folder.Write("a.mp4", "x");
        File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime.AddDays(2));
        Assert.That(IsWhole(path), Is.False);
        _clock.Advance(Settle);
        Assert.That(IsWhole(path), Is.True);
    }

    [Test]
    public void Somebody_setting_the_clock_neither_hurries_nor_stalls_a_file()
    {
        var path = _folder.Write("a.mp4", "x");
        File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime.AddDays(2));
        Assert.That(IsWhole(path), Is.False);
        _clock.JumpWallClock(TimeSpan.FromHours(1));
        Assert.That(IsWhole(path), Is.False, "an hour by the wall, no time at all");
        _clock.JumpWallClock(TimeSpan.FromHours(-3));
        _clock.Advance(Settle);
        Assert.That(IsWhole(path), Is.True);
    }

    [Test]
    public void Forgets_what_is_gone_and_nothing_else()
    {
        var here = _folder.Write("in/a.mp4", "x");
        var deeper = _folder.Write("in/sub/b.mp4", "x");
        var beside = _folder.Write("in2/c.mp4", "x");
        foreach (var path in (string[])[here, deeper, beside])
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime.AddDays(1));
        _ = (IsWhole(here), IsWhole(deeper), IsWhole(beside));
        _clock.Advance(Settle);
        // Another channel looks into the same folder without its subfolders.
        _settled.Forget(_folder["in"], [new FileInfo(here)]);
        Assert.That((IsWhole(here), IsWhole(deeper), IsWhole(beside)), Is.EqualTo((true, true, true)));
        File.Delete(here);
        _settled.Forget(_folder["in"], []);
        _folder.Write("in/a.mp4", "x");
        File.SetLastWriteTimeUtc(here, _clock.GetUtcNow().UtcDateTime.AddDays(1));
        Assert.That(IsWhole(here), Is.False);
    }

    private bool IsWhole(string path) => _settled.IsWhole(new FileInfo(path), Settle);
}
