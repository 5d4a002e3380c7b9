using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Jobs;

internal sealed class DiskJobTests
{
    [Test]
    public async Task What_waited_for_room_goes_on_as_soon_as_there_is_some()
    {
        var free = 0L;
        await using var jobs = await JobsWorld.MakeAsync();
        jobs.World.Edit(health: new HealthOptions { DiskMinimumMiB = 500 });
        var guard = new DiskGuard(folder => new DiskRoom(folder, free, 1L << 40), jobs.World.Live, jobs.Clock);
        var job = new DiskJob(jobs.World.Get<DiskWatch>(), guard, jobs.Queue, NullLogger<DiskJob>.Instance);
        var item = await jobs.World.AddAsync("a.mp4", "a");
        Assert.That(() => guard.Require(jobs.World.Data.Work, 1), Throws.TypeOf<NoRoomException>());
        await WaitAsync();
        await jobs.Scheduler.Start();

        await job.Execute(null!);
        Assert.That(await StateAsync(), Is.EqualTo(ItemState.Download));
        free = 1L << 40;
        await job.Execute(null!);

        await jobs.AssertEventuallyAsync(
            async () => await StateAsync() == ItemState.Published,
            TimeSpan.FromMilliseconds(100)
        );

        async Task WaitAsync()
        {
            await using var db = jobs.World.Open();
            await db
                .Items.Where(i => i.Id == item.Id)
                .ExecuteUpdateAsync(i =>
                    i.SetProperty(x => x.Waits, 1).SetProperty(x => x.NotBefore, jobs.Clock.GetUtcNow().AddHours(1))
                );
            await jobs.Queue.AddAsync(item.Id, item.Channel, jobs.Clock.GetUtcNow().AddHours(1), default);
        }

        async Task<ItemState> StateAsync()
        {
            await using var db = jobs.World.Open();
            return await db.Items.Select(i => i.State).SingleAsync();
        }
    }
}
