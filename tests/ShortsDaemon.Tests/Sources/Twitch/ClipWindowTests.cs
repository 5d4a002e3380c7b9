using NUnit.Framework;
using ShortsDaemon.Pipeline.Sources.TwitchClips;

namespace ShortsDaemon.Tests.Sources.Twitch;

internal sealed class ClipWindowTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public void Windows_cover_the_look_back_overlap_and_are_never_wider_than_a_day(
        [Values(1, 5, 23, 24, 25, 48, 72, 73.5, 720)] double hours,
        [Values(0, 7, 59)] int minute
    )
    {
        var now = new DateTimeOffset(2026, 1, 15, 12, minute, 31, TimeSpan.Zero);
        var windows = ClipWindow.Of(now, TimeSpan.FromHours(hours));

        Assert.That(windows[0].To - now, Is.InRange(TimeSpan.FromMinutes(50), Hour), "either clock may be off");
        Assert.That(windows[^1].From, Is.LessThanOrEqualTo(now - TimeSpan.FromHours(hours)));
        Assert.That(windows[^1].From, Is.GreaterThan(now - TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(10)));
        Assert.That(windows.Select(w => w.Width), Is.All.LessThanOrEqualTo(Day));
        Assert.That(windows.Select(w => w.Number), Is.EqualTo(Enumerable.Range(0, windows.Count)));
        Assert.That(windows.Zip(windows.Skip(1), (newer, older) => older.To - newer.From), Is.All.EqualTo(Hour));
    }

    [Test]
    public void The_default_look_back_is_four_windows() =>
        Assert.That(ClipWindow.Of(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), 3 * Day), Has.Count.EqualTo(4));

    [Test]
    public void Halves_leave_nothing_out()
    {
        var window = ClipWindow.Of(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), Day)[0];
        var halves = window.Halves().ToList();
        Assert.That((halves[0].To, halves[1].From), Is.EqualTo((window.To, window.From)));
        Assert.That(halves[1].To, Is.GreaterThan(halves[0].From));
        Assert.That(halves.Select(h => h.Width), Is.All.LessThan(window.Width));
    }
}
