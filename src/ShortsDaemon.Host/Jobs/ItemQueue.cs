using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Gives items their jobs.</summary>
internal sealed class ItemQueue(ISchedulerFactory schedulers, IDbContextFactory<ShortsDb> databases, TimeProvider time)
{
    private const string Group = "items";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <param name="item">The item.</param>
    /// <param name="channel">Its channel, for the log.</param>
    /// <param name="notBefore">When; null or past: now.</param>
    public async Task AddAsync(ItemId item, string channel, DateTimeOffset? notBefore, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var job = JobBuilder
            .Create<ItemJob>()
            .WithIdentity(item.ToString(), Group)
            .WithDescription(channel)
            .StoreDurably(false)
            .Build();
        var now = time.GetUtcNow();
        var trigger = TriggerBuilder
            .Create(time)
            .WithIdentity(item.ToString(), Group)
            .WithExecutionGroup(ItemJob.ExecutionGroup)
            .StartAt(notBefore > now ? notBefore.Value : now)
            .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .ForJob(job)
            .Build();
        await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancel);
    }

    /// <summary>Gives an item its job, and waits until it has come to an end or has to come back another time.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancel">Takes the job away again.</param>
    public async Task WalkToEndAsync(Item item, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        var job = new JobKey(item.Id.ToString(), Group);
        await AddAsync(item.Id, item.Channel, notBefore: null, cancel);
        try
        {
            // The job is gone when the item is done with, its files included.
            while (await scheduler.Exists(job, cancel) && !await HasToWaitAsync(item.Id, cancel))
                await Task.Delay(Look, time, cancel);
        }
        finally
        {
            await scheduler.Interrupt(job, CancellationToken.None);
            await scheduler.DeleteJob(job, CancellationToken.None);
        }
    }

    private async Task<bool> HasToWaitAsync(ItemId id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Items.AnyAsync(i => i.Id == id && i.Waits + i.Tries > 0, cancel);
    }

    /// <summary>
    /// Every item that has not ended and does not wait to be selected gets its job, unless it has one that comes in time:
    /// another process may have moved its time forward.
    /// </summary>
    /// <returns>How many had none.</returns>
    public async Task<int> ResumeAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var underWay = await db
            .Items.AsNoTracking()
            .Where(i => ItemStates.Working.Contains(i.State))
            .OrderByDescending(i => i.Score)
            .Select(i => new
            {
                i.Id,
                i.Channel,
                i.NotBefore,
            })
            .ToListAsync(cancel);
        var scheduler = await schedulers.GetScheduler(cancel);
        var resumed = 0;
        foreach (var item in underWay)
        {
            if (
                await scheduler.Exists(new JobKey(item.Id.ToString(), Group), cancel)
                && !await ComesTooLateAsync(scheduler, item.Id, item.NotBefore, cancel)
            )
                continue;
            await AddAsync(item.Id, item.Channel, item.NotBefore, cancel);
            resumed++;
        }
        return resumed;
    }

    // One that is at work has no trigger, and gets a new one when it has written down how far it came.
    private async Task<bool> ComesTooLateAsync(
        IScheduler scheduler,
        ItemId item,
        DateTimeOffset? notBefore,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        var wanted = notBefore > now ? notBefore.Value : now;
        var trigger = await scheduler.GetTrigger(new TriggerKey(item.ToString(), Group), cancel);
        return trigger?.StartTimeUtc > wanted + Tolerance;
    }

    /// <summary>
    /// What waits for its surroundings (a tool, a folder, its channel) tries at once: after an edit of the configuration,
    /// which may be the mend, or when the clock was set back.
    /// </summary>
    /// <param name="retriesToo">Also what failed and waits for its next counted try.</param>
    public async Task WakeAsync(bool retriesToo, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var waiting = await db
            .Items.AsNoTracking()
            .Where(i => ItemStates.Working.Contains(i.State) && (retriesToo || i.Waits > 0) && i.NotBefore > now)
            .OrderByDescending(i => i.Score)
            .Select(i => new { i.Id, i.Channel })
            .ToListAsync(cancel);
        foreach (var item in waiting)
        {
            await db
                .Items.Where(i => i.Id == item.Id)
                .ExecuteUpdateAsync(i => i.SetProperty(x => x.NotBefore, now), cancel);
            await AddAsync(item.Id, item.Channel, notBefore: null, cancel);
        }
    }
}
