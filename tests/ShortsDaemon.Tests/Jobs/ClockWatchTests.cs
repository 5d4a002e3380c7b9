using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Jobs;

internal sealed class ClockWatchTests
{
    private const string Hourly = "0 0 * * * ?";

    private JobsWorld _jobs = null!;
    private CancellationTokenSource _end = null!;
    private Task _watch = Task.CompletedTask;
    private volatile bool _wasSetBack;
    private Disturbances _disturbances = null!;
    private TimeSpan _slept;
    private ShortsOptions _options = null!;

    [SetUp]
    public async Task MakeWorld()
    {
        _jobs = await JobsWorld.MakeAsync();
        _end = new CancellationTokenSource();
        _wasSetBack = false;
        _options = new ShortsOptions
        {
            Channels = { ["a"] = new ChannelOptions { Schedule = [new ScheduleOptions { Cron = Hourly }] } },
        };
        await _jobs.Schedules.ApplyAsync(_options, CancellationToken.None);
        _disturbances = new Disturbances(_jobs.Clock);
        _slept = TimeSpan.Zero;
        _watch = new ClockWatch(
            _jobs.Clock,
            _disturbances,
            NullLogger<ClockWatch>.Instance,
            () => _jobs.Clock.GetElapsedTime(0) + _slept
        ).RunAsync(() => _wasSetBack = true, _end.Token);
    }

    [TearDown]
    public async Task CleanUp()
    {
        await _end.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        await _jobs.DisposeAsync();
    }

    [Test]
    public async Task A_clock_set_back_by_a_day_does_not_silence_the_schedules_for_a_day()
    {
        _jobs.Clock.JumpWallClock(TimeSpan.FromDays(-1));
        await NoticedAsync();
        await _jobs.Schedules.RenewAsync(_options, CancellationToken.None);
        Assert.That(await NextAsync() - _jobs.Clock.GetUtcNow(), Is.LessThanOrEqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task A_clock_set_back_wakes_what_waits_for_a_later_try()
    {
        var item = await _jobs.World.AddAsync("a.mp4", "a");
        await using (var db = _jobs.World.Open())
        {
            var until = _jobs.Clock.GetUtcNow().AddHours(20);
            await db.Items.ExecuteUpdateAsync(i =>
                i.SetProperty(x => x.NotBefore, until)
                    .SetProperty(x => x.Tries, 1)
                    .SetProperty(x => x.State, ItemState.Download)
            );
        }
        _jobs.Clock.JumpWallClock(TimeSpan.FromDays(-1));
        await NoticedAsync();
        await _jobs.Queue.WakeAsync(retriesToo: true, CancellationToken.None);
        await using var after = _jobs.World.Open();
        var woken = await after.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
        Assert.That(woken.NotBefore, Is.LessThanOrEqualTo(_jobs.Clock.GetUtcNow()));
    }

    [Test]
    public async Task Forward_and_small_steps_are_left_to_the_misfire_rules()
    {
        _jobs.Clock.JumpWallClock(TimeSpan.FromSeconds(-10));
        _jobs.Clock.Advance(ClockWatch.Interval);
        await Poll();
        _jobs.Clock.JumpWallClock(TimeSpan.FromMinutes(10));
        _jobs.Clock.Advance(ClockWatch.Interval);
        await Poll();
        Assert.That(_wasSetBack, Is.False);
    }

    [TestCase(true, FireCause.Asleep)]
    [TestCase(false, FireCause.ClockJump)]
    public async Task Sleep_and_a_clock_set_forward_are_told_apart(bool sleeps, FireCause expected)
    {
        await Poll();
        var within = _jobs.Clock.GetUtcNow().AddMinutes(5);
        _jobs.Clock.JumpWallClock(TimeSpan.FromMinutes(10));
        if (sleeps)
            _slept = TimeSpan.FromMinutes(10);
        await _jobs.AssertEventuallyAsync(
            () => Task.FromResult(_disturbances.CauseOf("a", within) == expected),
            ClockWatch.Interval
        );
    }

    /// <summary>The first to wake up after a sleep may be the ledger.</summary>
    [Test]
    public async Task Who_asks_for_a_reason_before_the_watch_has_looked_is_told_all_the_same()
    {
        await Poll();
        var within = _jobs.Clock.GetUtcNow().AddMinutes(5);
        _jobs.Clock.JumpWallClock(TimeSpan.FromMinutes(10));
        Assert.That(_disturbances.CauseOf("a", within), Is.EqualTo(FireCause.ClockJump));
    }

    private Task NoticedAsync() => _jobs.AssertEventuallyAsync(() => Task.FromResult(_wasSetBack), ClockWatch.Interval);

    // The watch is back in its delay once its timer waits again.
    private Task Poll() =>
        _jobs.AssertEventuallyAsync(() => Task.FromResult(_jobs.Clock.WaitingTimers > 0), TimeSpan.Zero);

    private async Task<DateTimeOffset?> NextAsync() =>
        (await _jobs.Scheduler.GetTrigger(new TriggerKey("a/0", "schedules")))?.NextFireTimeUtc;
}
