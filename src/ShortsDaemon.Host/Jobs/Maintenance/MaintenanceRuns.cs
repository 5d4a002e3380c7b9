using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Runs a maintenance job and writes down what came of it. A failure is an alert until a later run succeeds.</summary>
internal sealed class MaintenanceRuns(
    IDbContextFactory<ShortsDb> databases,
    Alerts alerts,
    HealthPings pings,
    TimeProvider time,
    ILogger<MaintenanceRuns> log
) : IDisposable
{
    /// <summary>Rule of the alert; its subject is the job.</summary>
    public const string FailedRule = "JobFailed";

    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <param name="job">What to run. Jobs take turns: all of them weigh on the same disk and database.</param>
    /// <param name="wish">The wish that this run fulfils; null: the schedule, or a person in this process.</param>
    /// <param name="isByHand">A person asked for it.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<JobRun> RunAsync(IMaintenance job, long? wish, bool isByHand, CancellationToken cancel)
    {
        using (WorkSign.Rest())
            await _oneAtATime.WaitAsync(cancel);
        try
        {
            var run = await BeginAsync(job, wish, isByHand, cancel);
            var ping = pings.Begin($"job-{job.Name}");
            await TryAsync(job, run, cancel);
            await EndAsync(run);
            HostMeter.JobRan(run);
            pings.End($"job-{job.Name}", ping, run.Outcome == JobOutcome.Succeeded, run.Message);
            await TellAsync(run);
            return run;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<JobRun> BeginAsync(IMaintenance job, long? wish, bool isByHand, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var run = wish is { } id ? await db.JobRuns.SingleAsync(r => r.Id == id, cancel) : null;
        if (run is null)
            db.JobRuns.Add(run = new JobRun { Job = job.Name, IsByHand = isByHand });
        (run.Outcome, run.StartedAt) = (JobOutcome.Running, time.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return run;
    }

    private async Task TryAsync(IMaintenance job, JobRun run, CancellationToken cancel)
    {
        try
        {
            (run.Message, run.Outcome) = (await job.RunAsync(cancel), JobOutcome.Succeeded);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            (run.Outcome, run.Message) = (JobOutcome.Interrupted, "it was stopped");
        }
        catch (Exception e) when (IsTold(e))
        {
            (run.Outcome, run.Message) = (JobOutcome.Failed, e.GetBaseException().Message);
            if (e is MaintenanceException)
                run.Message = e.Message;
        }
        run.EndedAt = time.GetUtcNow();
    }

    // Anything else is a bug, and Quartz logs it with its trace.
    private static bool IsTold(Exception e) =>
        e
            is MaintenanceException
                or IOException
                or UnauthorizedAccessException
                or SqliteException
                or DbUpdateException
                or UnavailableException;

    // Written down even when it was told to stop.
    private async Task EndAsync(JobRun run)
    {
        await using var db = await databases.CreateDbContextAsync();
        db.Update(run);
        await db.SaveChangesAsync();
    }

    private async Task TellAsync(JobRun run)
    {
        var took = run.EndedAt - run.StartedAt;
        log.LogInformation("Job {Job} {Outcome} after {Took}: {Message}", run.Job, run.Outcome, took, run.Message);
        if (run.Outcome == JobOutcome.Succeeded)
            await alerts.ResolveAsync(FailedRule, run.Job, CancellationToken.None);
        if (run.Outcome == JobOutcome.Failed)
            await alerts.RaiseAsync(
                FailedRule,
                run.Job,
                AlertLevel.Warning,
                $"The job {run.Job} failed: {run.Message} To run it again: ShortsDaemon job {run.Job}",
                CancellationToken.None
            );
    }
}
