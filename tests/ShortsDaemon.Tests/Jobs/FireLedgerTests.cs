using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Jobs;

/// <summary>The clock of the tests starts on 2026-01-15 at 12:00 UTC.</summary>
internal sealed class FireLedgerTests
{
    private const string Hourly = "0 0 * * * ?";

    private FlowWorld _world = null!;
    private Disturbances _disturbances = null!;
    private FireLedger _ledger = null!;

    [SetUp]
    public void MakeWorld()
    {
        _world = new FlowWorld();
        Start();
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_schedule_counts_from_the_moment_it_is_first_seen()
    {
        await _ledger.FollowAsync(Options(), default);
        Assert.That(await CatchUpAsync(Options()), Is.Empty);
        Assert.That(await SlotsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_time_that_is_kept_is_written_down()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await FireAsync();
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Ran None 13:00" }));
    }

    [Test]
    public async Task After_a_down_time_one_run_stands_for_all_that_was_missed()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.Advance(TimeSpan.FromMinutes(210));
        Start();
        await _ledger.FollowAsync(Options(), default);
        Assert.That(await CatchUpAsync(Options()), Is.EqualTo(new[] { "a" }));
        Assert.That(
            await SlotsAsync(),
            Is.EqualTo(new[] { "13:00 Merged Down 15:30", "14:00 Merged Down 15:30", "15:00 Late Down 15:30" })
        );
    }

    [Test]
    public async Task After_a_down_time_a_schedule_that_skips_has_missed_its_times()
    {
        var options = Options(MisfireRule.Skip);
        await _ledger.FollowAsync(options, default);
        _world.Clock.Advance(TimeSpan.FromMinutes(150));
        Start();
        Assert.That(await CatchUpAsync(options), Is.Empty);
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Down -", "14:00 Missed Down -" }));
    }

    [Test]
    public async Task A_time_that_comes_due_in_the_very_moment_of_the_start_was_down()
    {
        var options = Options(MisfireRule.Skip);
        await _ledger.FollowAsync(options, default);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        Start();
        Assert.That(await CatchUpAsync(options), Is.Empty);
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Down -" }));
    }

    [Test]
    public async Task A_paused_channel_misses_its_times_and_says_why()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.Advance(TimeSpan.FromMinutes(61));
        await FireAsync(isPaused: true);
        await using (var db = await _world.Databases.CreateDbContextAsync())
        {
            db.Holds.Add(new Hold { Scope = "channel:a", Reason = "paused by ada" });
            await db.SaveChangesAsync();
        }
        _world.Clock.Advance(TimeSpan.FromHours(1));
        Start();
        Assert.That(await CatchUpAsync(Options()), Is.Empty);
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Paused -", "14:00 Missed Paused -" }));
    }

    [Test]
    public async Task A_down_time_is_accounted_for_once()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.Advance(TimeSpan.FromMinutes(90));
        Start();
        await CatchUpAsync(Options());
        Start();
        Assert.That(await CatchUpAsync(Options()), Is.Empty);
        Assert.That(await SlotsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_run_after_sleep_tells_that_the_machine_slept()
    {
        await _ledger.FollowAsync(Options(), default);
        var before = _world.Clock.GetUtcNow();
        _world.Clock.JumpWallClock(TimeSpan.FromMinutes(150));
        _disturbances.Note(FireCause.Asleep, before, _world.Clock.GetUtcNow());
        await FireAsync();
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Merged Asleep 14:30", "14:00 Late Asleep 14:30" }));
    }

    [Test]
    public async Task A_time_that_came_due_during_a_run_was_busy()
    {
        var options = Options(MisfireRule.Skip);
        await _ledger.FollowAsync(options, default);
        _world.Clock.Advance(TimeSpan.FromMinutes(50));
        _disturbances.RunBegins("a");
        _world.Clock.Advance(TimeSpan.FromMinutes(20));
        await _ledger.SettleAsync(options, default);
        Assert.That(await SlotsAsync(), Is.Empty, "the run is still under way, the time may yet be made up for");
        _disturbances.RunEnds("a");
        await _ledger.SettleAsync(options, default);
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Busy -" }));
    }

    [Test]
    public async Task A_time_nobody_can_explain_is_missed_for_an_unknown_cause()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.Advance(TimeSpan.FromMinutes(80));
        await _ledger.SettleAsync(Options(), default);
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Unknown -" }));
    }

    [Test]
    public async Task A_clock_set_back_does_not_leave_fires_in_the_future()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.JumpWallClock(TimeSpan.FromDays(365));
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _ledger.SettleAsync(Options(), default);
        _world.Clock.JumpWallClock(TimeSpan.FromDays(-365));
        await _ledger.RewindAsync(default);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await FireAsync();
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Unknown -", "14:00 Ran None 14:00" }));
    }

    [Test]
    public async Task A_clock_set_back_while_nobody_ran_does_not_either()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.JumpWallClock(TimeSpan.FromDays(365));
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _ledger.SettleAsync(Options(), default);
        _world.Clock.JumpWallClock(TimeSpan.FromDays(-365));
        Start();
        Assert.That(await CatchUpAsync(Options()), Is.Empty);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await FireAsync();
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Missed Unknown -", "14:00 Ran None 14:00" }));
    }

    [Test]
    public async Task Killed_before_the_run_is_queued_the_next_start_makes_up_for_it()
    {
        await _ledger.FollowAsync(Options(), default);
        _world.Clock.Advance(TimeSpan.FromMinutes(90));
        Start();
        Assert.ThrowsAsync<InvalidOperationException>(() =>
            _ledger.CatchUpAsync(Options(), (_, _) => throw new InvalidOperationException("killed"), default)
        );
        Start();
        Assert.That(await CatchUpAsync(Options()), Is.EqualTo(new[] { "a" }));
        Assert.That(await SlotsAsync(), Is.EqualTo(new[] { "13:00 Late Down 13:30" }));
    }

    [Test]
    public async Task A_schedule_that_leaves_the_configuration_misses_nothing()
    {
        await _ledger.FollowAsync(Options(), default);
        await _ledger.FollowAsync(new ShortsOptions(), default);
        _world.Clock.Advance(TimeSpan.FromHours(3));
        await _ledger.FollowAsync(Options(), default);
        await _ledger.SettleAsync(Options(), default);
        Assert.That(await SlotsAsync(), Is.Empty);
    }

    [TestCase("2026-03-29", "0 30 2 * * ?", 1)]
    [TestCase("2026-10-25", "0 30 2 * * ?", 1)]
    [TestCase("2026-10-25", "0 30 * * * ?", 25)]
    [TestCase(
        "2026-03-29",
        "0 30 * * * ?",
        24,
        Description = "half past two does not exist that day; it fires at three"
    )]
    public void On_days_of_clock_changes_the_ledger_counts_what_the_scheduler_fires(string day, string cron, int times)
    {
        var berlin = TimeZones.FindById("Europe/Berlin");
        var midnight = DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var from = new DateTimeOffset(midnight, berlin.GetUtcOffset(midnight));
        var next = midnight.AddDays(1);
        var until = new DateTimeOffset(next, berlin.GetUtcOffset(next));
        Assert.That(
            FireTimes.Between(cron, berlin, from.AddSeconds(-1), until.AddSeconds(-1)),
            Has.Count.EqualTo(times)
        );
    }

    /// <summary>What a new process begins with.</summary>
    private void Start()
    {
        _disturbances = new Disturbances(_world.Clock);
        _ledger = new FireLedger(_world.Databases, _disturbances, _world.Clock, NullLogger<FireLedger>.Instance);
    }

    private async Task<IReadOnlyList<string>> CatchUpAsync(ShortsOptions options)
    {
        List<string> channels = [];
        await _ledger.CatchUpAsync(
            options,
            (channel, _) =>
            {
                channels.Add(channel);
                return Task.CompletedTask;
            },
            default
        );
        return channels;
    }

    private static ShortsOptions Options(MisfireRule misfire = MisfireRule.RunOnce) =>
        new()
        {
            Channels =
            {
                ["a"] = new ChannelOptions { Schedule = [new ScheduleOptions { Cron = Hourly, Misfire = misfire }] },
            },
        };

    private Task FireAsync(bool isPaused = false) =>
        _ledger.FiredAsync(
            "a",
            (ICronTrigger)
                TriggerBuilder
                    .Create(_world.Clock)
                    .WithCronSchedule(Hourly, c => c.InTimeZone(TimeZoneInfo.Utc))
                    .Build(),
            isPaused,
            default
        );

    private async Task<List<string>> SlotsAsync()
    {
        await using var db = _world.Open();
        var slots = await db.FireSlots.AsNoTracking().OrderBy(s => s.DueAt).ToListAsync();
        return
        [
            .. slots.Select(s =>
                $"{s.DueAt:HH:mm} {s.Outcome} {s.Cause} {(s.FiredAt is { } at ? $"{at:HH:mm}" : "-")}"
            ),
        ];
    }
}
