using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Jobs;

internal sealed class ReplacementTests
{
    [Test]
    public async Task When_an_item_ends_badly_the_next_one_gets_its_job()
    {
        var rejects = 2;
        await using var jobs = await JobsWorld.MakeAsync(_ =>
            Interlocked.Decrement(ref rejects) >= 0 ? new Outcome.Rejected("no good") : new Outcome.Advanced()
        );
        var channel = jobs.World.Live.Value.Channels[FlowWorld.ChannelName];
        jobs.World.Live.Value.Channels[FlowWorld.ChannelName] = new()
        {
            Sources = channel.Sources,
            Destinations = channel.Destinations,
            Selection = new() { MaxPerRun = 1 },
        };
        for (var i = 1; i <= 5; i++)
            await jobs.World.AddAsync($"{i}.mp4", $"{i}", ItemState.Candidate);
        var run = await jobs.World.Get<ChannelRun>().RunAsync(FlowWorld.ChannelName, CancellationToken.None);
        await jobs.Queue.AddAsync(run.Selected.Single(), FlowWorld.ChannelName, null, CancellationToken.None);
        await jobs.Scheduler.Start();

        await jobs.AssertEventuallyAsync(
            async () => await CountAsync(jobs, ItemState.Published) == 1,
            TimeSpan.FromSeconds(1)
        );

        Assert.That(await CountAsync(jobs, ItemState.Rejected), Is.EqualTo(2));
        Assert.That(await CountAsync(jobs, ItemState.Candidate), Is.EqualTo(2));
    }

    private static async Task<int> CountAsync(JobsWorld jobs, ItemState state)
    {
        await using var db = jobs.World.Open();
        return await db.Items.CountAsync(i => i.State == state);
    }
}
