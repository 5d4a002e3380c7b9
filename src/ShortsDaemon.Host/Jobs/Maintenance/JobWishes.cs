using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Asks a running daemon for a run of a maintenance job. It begins within a minute.</summary>
internal static class JobWishes
{
    /// <returns>The wish; its row becomes the run. Whoever asks twice before it has begun gets one run.</returns>
    public static async Task<JobRun> AddAsync(ShortsDb db, string job, DateTimeOffset now, CancellationToken cancel)
    {
        var wish = await db.JobRuns.FirstOrDefaultAsync(
            run => run.Job == job && run.Outcome == JobOutcome.Wished,
            cancel
        );
        if (wish is not null)
            return wish;
        db.JobRuns.Add(
            wish = new JobRun
            {
                Job = job,
                Outcome = JobOutcome.Wished,
                StartedAt = now,
                IsByHand = true,
            }
        );
        await db.SaveChangesAsync(cancel);
        return wish;
    }
}
