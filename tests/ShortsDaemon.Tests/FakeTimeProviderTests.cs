using NUnit.Framework;

namespace ShortsDaemon.Tests;

public sealed class FakeTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void Fires_due_timers_in_order_each_at_its_own_time()
    {
        var clock = new FakeTimeProvider();
        var start = clock.GetUtcNow();
        List<(string, double)> fired = [];
        void Add(string name) => fired.Add((name, (clock.GetUtcNow() - start).TotalSeconds));
        using var late = clock.CreateTimer(_ => Add("late"), null, 3 * Second, Timeout.InfiniteTimeSpan);
        using var periodic = clock.CreateTimer(_ => Add("periodic"), null, Second, 2 * Second);
        using var early = clock.CreateTimer(_ => Add("early"), null, 0.5 * Second, Timeout.InfiniteTimeSpan);

        clock.Advance(4 * Second);

        Assert.That(fired, Is.EqualTo([("early", 0.5), ("periodic", 1.0), ("late", 3.0), ("periodic", 3.0)]));
        Assert.That(clock.GetElapsedTime(0), Is.EqualTo(4 * Second));
        Assert.That(clock.WaitingTimers, Is.EqualTo(1));
    }

    [Test]
    public async Task Drives_delays_and_cancellation()
    {
        var clock = new FakeTimeProvider();
        using var source = new CancellationTokenSource(5 * Second, clock);
        var delay = Task.Delay(2 * Second, clock, source.Token);

        clock.Advance(1.9 * Second);
        Assert.That(delay.IsCompleted, Is.False);
        clock.Advance(0.1 * Second);
        await delay.WaitAsync(10 * Second, TimeProvider.System);
        clock.Advance(3 * Second);
        Assert.That(source.IsCancellationRequested, Is.True);
    }

    [Test]
    public void A_wall_clock_jump_leaves_timers_alone()
    {
        var clock = new FakeTimeProvider();
        var (start, fired) = (clock.GetUtcNow(), false);
        using var timer = clock.CreateTimer(_ => fired = true, null, Second, Timeout.InfiniteTimeSpan);

        clock.JumpWallClock(TimeSpan.FromDays(1));

        Assert.That(fired, Is.False);
        Assert.That(clock.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromDays(1)));
        Assert.That(clock.GetTimestamp(), Is.Zero);
    }
}
