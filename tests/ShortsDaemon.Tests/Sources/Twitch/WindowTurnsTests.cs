using NUnit.Framework;
using ShortsDaemon.Pipeline.Sources.TwitchClips;

namespace ShortsDaemon.Tests.Sources.Twitch;

internal sealed class WindowTurnsTests
{
    private readonly FakeTimeProvider _clock = new();
    private WindowTurns _turns = null!;

    [SetUp]
    public void SetUp() => _turns = new WindowTurns(_clock);

    [Test]
    public void A_few_sources_see_everything_at_first_and_then_the_newest_window()
    {
        var source = NewSource();
        Assert.That(Look(source, sources: 1), Is.EqualTo([0, 1, 2, 3]));
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            Assert.That(Look(source, sources: 1), Is.EqualTo([0]));
        }
    }

    [Test]
    public void Older_windows_come_again_after_some_hours()
    {
        var source = NewSource();
        Look(source, sources: 1);
        var again = 0;
        for (var i = 0; i < 72; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            again += Look(source, sources: 1).Count - 1;
        }
        Assert.That(again, Is.EqualTo(3));
    }

    [Test]
    public void With_many_sources_a_round_costs_little_more_than_one_call_each_and_everybody_gets_a_turn()
    {
        var sources = Enumerable.Range(0, 1000).Select(i => NewSource($"login{i}")).ToList();
        HashSet<(string, int)> seen = [];
        for (var round = 0; round < 36; round++)
        {
            var calls = 0;
            foreach (var source in sources)
            foreach (var window in Look(source, sources.Count))
            {
                calls++;
                seen.Add((source.Login, window));
            }
            Assert.That(calls, Is.InRange(1000, 1125));
            _clock.Advance(TimeSpan.FromMinutes(5));
        }
        Assert.That(seen, Has.Count.EqualTo(4000));
    }

    [Test]
    public void What_was_never_seen_because_the_machine_slept_does_not_wait_for_its_turn()
    {
        var source = NewSource();
        Look(source, sources: 1);
        _clock.Advance(TimeSpan.FromHours(30));
        Assert.That(Look(source, sources: 1000), Is.EqualTo([0, 1]));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(Look(source, sources: 1000), Is.EqualTo([0]));
    }

    [Test]
    public void A_window_that_could_not_be_read_stays_due()
    {
        var source = NewSource();
        var windows = ClipWindow.Of(_clock.GetUtcNow(), TimeSpan.FromHours(72));
        Assert.That(_turns.Take(source, windows, 1), Has.Count.EqualTo(4));
        _turns.Done(source, windows[3]);
        Assert.That(_turns.Take(source, windows, 1).Select(w => w.Number), Is.EqualTo([0, 1, 2]));
    }

    [Test]
    public void Two_channels_with_one_broadcaster_both_see_everything()
    {
        Look(NewSource(), sources: 2);
        Assert.That(Look(NewSource(), sources: 2), Has.Count.EqualTo(4));
    }

    private static TwitchClipsSourceOptions NewSource(string login = "some_one") => new() { Login = login };

    private List<int> Look(TwitchClipsSourceOptions source, int sources)
    {
        var windows = ClipWindow.Of(_clock.GetUtcNow(), TimeSpan.FromHours(72));
        var due = _turns.Take(source, windows, sources);
        foreach (var window in due.Reverse())
            _turns.Done(source, window);
        return [.. due.Select(w => w.Number)];
    }
}
