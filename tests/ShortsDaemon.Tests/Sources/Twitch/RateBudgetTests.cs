using NUnit.Framework;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

namespace ShortsDaemon.Tests.Sources.Twitch;

internal sealed class RateBudgetTests
{
    private readonly FakeTimeProvider _clock = new();

    [TestCase(0.8, 800, 640)]
    [TestCase(1.0, 800, 800)]
    [TestCase(0.01, 800, 8)]
    [TestCase(0.8, 5, 4)]
    public async Task No_minute_sees_more_than_the_share_and_little_of_it_is_wasted(
        double share,
        double limit,
        int most
    )
    {
        using var budget = new RateBudget(() => share, limit, _clock);
        var times = await TakeAsync(budget, most * 3);

        var busiest = times.Max(t => times.Count(u => u >= t && u < t + TimeSpan.FromMinutes(1)));
        Assert.That(busiest, Is.InRange(Math.Max(1, most * 0.5), most));
    }

    [Test]
    public async Task Calls_are_spread_over_the_minute()
    {
        using var budget = new RateBudget(() => 0.8, 800, _clock);
        var times = await TakeAsync(budget, 1280);
        for (var second = 5; second < 60; second++)
            Assert.That(
                times.Count(t => t >= TimeSpan.FromSeconds(second) && t < TimeSpan.FromSeconds(second + 1)),
                Is.InRange(7, 13)
            );
    }

    [Test]
    public async Task What_others_draw_makes_us_wait_until_their_part_is_full_again()
    {
        using var budget = new RateBudget(() => 0.8, 800, _clock);
        await budget.TakeAsync(CancellationToken.None);
        budget.Learn(800, 60); // a hundred short of what is left to others
        var times = await TakeAsync(budget, 1);
        Assert.That(times[0].TotalSeconds, Is.InRange(7.4, 7.7));
    }

    [Test]
    public async Task After_a_closure_the_pace_is_the_usual_one()
    {
        using var budget = new RateBudget(() => 0.8, 800, _clock);
        budget.CloseFor(TimeSpan.FromSeconds(30));
        var times = await TakeAsync(budget, 100);
        Assert.That(times[0].TotalSeconds, Is.GreaterThanOrEqualTo(30));
        Assert.That(times.Count(t => t < TimeSpan.FromSeconds(31)), Is.InRange(8, 12));
    }

    [Test]
    public async Task Whoever_came_first_goes_first_and_who_gives_up_costs_nothing()
    {
        using var budget = new RateBudget(() => 1, 1, _clock);
        var began = _clock.GetTimestamp();
        await budget.TakeAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var first = budget.TakeAsync(stop.Token);
        var second = budget.TakeAsync(CancellationToken.None);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => first);
        await AdvanceAsync(second);
        Assert.That(_clock.GetElapsedTime(began).TotalSeconds, Is.InRange(119, 121));
    }

    private async Task<List<TimeSpan>> TakeAsync(RateBudget budget, int count)
    {
        var began = _clock.GetTimestamp();
        List<TimeSpan> times = [];
        for (var i = 0; i < count; i++)
        {
            await AdvanceAsync(budget.TakeAsync(CancellationToken.None));
            times.Add(_clock.GetElapsedTime(began));
        }
        return times;
    }

    private async Task AdvanceAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            // Only while somebody waits: a continuation may need a moment of real time.
            if (_clock.WaitingTimers > 0)
                _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
        await task;
    }
}
