using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Jobs;

/// <summary>Maintenance jobs on the real scheduler, on a clock that the test moves.</summary>
internal sealed class MaintenanceTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly Sweeper _job = new();
    private JobsWorld _jobs = null!;

    private MaintenanceSchedules Schedules => _jobs.World.Get<MaintenanceSchedules>();

    [SetUp]
    public async Task MakeWorldAsync()
    {
        (_job.Work, _job.Cron) = (() => "swept 3 corners", "0 30 * * * ?");
        _jobs = await JobsWorld.MakeAsync(null, _job);
        await _jobs.Scheduler.Start();
    }

    [TearDown]
    public async Task CleanUpAsync() => await _jobs.DisposeAsync();

    [Test]
    public async Task It_runs_on_its_schedule_and_what_it_did_is_kept()
    {
        await Schedules.ApplyAsync(_jobs.World.Live.Value, default);

        await _jobs.AssertEventuallyAsync(async () => await HasEndedAsync(2), Step);

        var runs = await RunsAsync();
        Assert.That(
            runs.Select(r => (r.Outcome, r.Message)),
            Is.All.EqualTo((JobOutcome.Succeeded, "swept 3 corners"))
        );
        Assert.That(runs.Select(r => r.StartedAt.Minute), Is.All.EqualTo(30));
        Assert.That(runs.Select(r => r.IsByHand), Is.All.False);
    }

    [Test]
    public async Task A_failure_is_an_alert_until_a_later_run_succeeds()
    {
        var runs = _jobs.World.Get<MaintenanceRuns>();
        _job.Work = () => throw new MaintenanceException("The corner is full: empty it.");

        var failed = await runs.RunAsync(_job, wish: null, isByHand: true, default);

        Assert.That((failed.Outcome, failed.Message), Is.EqualTo((JobOutcome.Failed, "The corner is full: empty it.")));
        var alert = await AlertAsync();
        Assert.That(
            (alert.Rule, alert.Subject, alert.ResolvedAt),
            Is.EqualTo(("JobFailed", "sweep", (DateTimeOffset?)null))
        );
        _job.Work = () => "swept";
        await runs.RunAsync(_job, wish: null, isByHand: true, default);
        Assert.That((await AlertAsync()).ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task What_came_due_while_nobody_ran_is_done_once_soon_after_the_start()
    {
        await _jobs.World.Get<MaintenanceRuns>().RunAsync(_job, wish: null, isByHand: false, default);
        _jobs.Clock.Advance(TimeSpan.FromHours(5));
        await Schedules.ApplyAsync(_jobs.World.Live.Value, default);
        var start = _jobs.Clock.GetUtcNow();

        await Schedules.CatchUpAsync(_jobs.World.Live.Value, default);

        await _jobs.AssertEventuallyAsync(async () => await HasEndedAsync(2), TimeSpan.FromSeconds(20));
        Assert.That(
            (await RunsAsync())[1].StartedAt - start,
            Is.InRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4))
        );
    }

    [Test]
    public async Task Another_process_may_wish_for_a_run()
    {
        await Schedules.ApplyAsync(_jobs.World.Live.Value, default);
        await AddAsync(JobOutcome.Wished);

        await Schedules.FulfilAsync(default);

        await _jobs.AssertEventuallyAsync(async () => await HasEndedAsync(1), TimeSpan.FromSeconds(1));
        Assert.That((await RunsAsync()).Single().Outcome, Is.EqualTo(JobOutcome.Succeeded));
    }

    [Test]
    public async Task What_a_killed_daemon_left_under_way_is_closed_at_the_start()
    {
        await AddAsync(JobOutcome.Running);
        await Schedules.ApplyAsync(_jobs.World.Live.Value, default);

        await Schedules.CatchUpAsync(_jobs.World.Live.Value, default);

        Assert.That((await RunsAsync()).Single().Outcome, Is.EqualTo(JobOutcome.Interrupted));
    }

    [Test]
    public async Task An_empty_schedule_ends_it()
    {
        await Schedules.ApplyAsync(_jobs.World.Live.Value, default);
        _job.Cron = "";
        await Schedules.ApplyAsync(_jobs.World.Live.Value, default);
        Assert.That(await _jobs.Scheduler.GetTrigger(new("sweep", "maintenance")), Is.Null);
    }

    private async Task AddAsync(JobOutcome outcome)
    {
        await using var db = _jobs.World.Open();
        db.JobRuns.Add(
            new JobRun
            {
                Job = "sweep",
                Outcome = outcome,
                StartedAt = _jobs.Clock.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<bool> HasEndedAsync(int runs) => (await RunsAsync()).Count(r => r.EndedAt is not null) >= runs;

    private async Task<List<JobRun>> RunsAsync()
    {
        await using var db = _jobs.World.Open();
        return await db.JobRuns.AsNoTracking().Where(r => r.Job == "sweep").OrderBy(r => r.Id).ToListAsync();
    }

    private async Task<Alert> AlertAsync()
    {
        await using var db = _jobs.World.Open();
        return await db.Alerts.AsNoTracking().SingleAsync();
    }

    private sealed class Sweeper : IMaintenance
    {
        public Func<string> Work { get; set; } = () => "";
        public string Cron { get; set; } = "";
        public string Name => "sweep";

        public string ScheduleIn(ShortsOptions options) => Cron;

        public Task<string> RunAsync(CancellationToken cancel) => Task.Run(Work, cancel);
    }
}
