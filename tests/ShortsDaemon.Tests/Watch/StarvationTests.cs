using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Host.Service;

namespace ShortsDaemon.Tests.Watch;

/// <summary>On the real clock, with a thread pool whose threads all wait.</summary>
[NonParallelizable]
internal sealed class StarvationTests
{
    private static readonly WatchPace Quick = new()
    {
        Look = TimeSpan.FromSeconds(0.1),
        Pulse = TimeSpan.FromSeconds(0.3),
        Stuck = TimeSpan.FromSeconds(2),
    };

    [Test]
    public async Task A_thread_pool_without_threads_ends_the_process()
    {
        await using var world = await WatchWorld.MakeAsync(pace: Quick, time: TimeProvider.System);
        // Never disposed: some of those that wait for it have their turn only after the test.
        var release = new ManualResetEventSlim();
        world.Watchdog.Start();
        await Poll(() => world.Beats > 1);
        try
        {
            // The pool grows by one or two threads a second: these are never worked off.
            for (var i = 0; i < 2000; i++)
                ThreadPool.QueueUserWorkItem(_ => release.Wait());
            Assert.That(() => world.Ended, Is.Not.Null.After(20_000, 50));
        }
        finally
        {
            release.Set();
        }
        Assert.That(world.Ended, Does.Contain("has not fired for"));
    }

    private static async Task Poll(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
            await Task.Delay(20);
        Assert.That(condition(), Is.True, "the scheduler never fired");
    }
}
