using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Host.Jobs.Watch;

namespace ShortsDaemon.Tests.Jobs;

internal sealed class RepeatedJobsTests
{
    [Test]
    public async Task They_go_on_after_a_clock_was_set_back_by_a_day()
    {
        await using var jobs = await JobsWorld.MakeAsync();
        await jobs.Scheduler.Start();
        await jobs.Scheduler.ScheduleTrigger(
            TriggerBuilder
                .Create(jobs.Clock)
                .WithIdentity("repeated")
                .ForJob(PulseJob.Key)
                .StartAt(jobs.Clock.GetUtcNow())
                .WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever())
                .Build(),
            TriggerConflict.Replace
        );
        await BeatsAsync(jobs, 3);
        jobs.Clock.JumpWallClock(TimeSpan.FromDays(-1));

        await jobs.Scheduler.RenewAsync(jobs.Clock, default);

        await BeatsAsync(jobs, 6);
    }

    private static Task BeatsAsync(JobsWorld jobs, int count) =>
        jobs.AssertEventuallyAsync(
            () => Task.FromResult(jobs.World.Get<Pulse>().Beats >= count),
            TimeSpan.FromSeconds(20)
        );
}
