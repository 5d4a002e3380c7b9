using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Watch;
using ShortsDaemon.Host.Service;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Jobs;
using ShortsDaemon.Tests.Service;

namespace ShortsDaemon.Tests.Watch;

/// <summary>The real scheduler and the watchdog over it, on a clock that the test moves. The process's end is only noted.</summary>
internal sealed class WatchWorld : IAsyncDisposable
{
    /// <summary>Coarser than in production: each step takes real time, too.</summary>
    public static readonly WatchPace Pace = new()
    {
        Look = TimeSpan.FromMinutes(2.5),
        Pulse = TimeSpan.FromMinutes(5),
        Stuck = TimeSpan.FromMinutes(30),
        Grace = TimeSpan.FromMinutes(10),
    };

    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly ServiceManager _manager;

    private WatchWorld(JobsWorld jobs, WatchPace pace, TimeProvider time)
    {
        Jobs = jobs;
        var name = $"@shorts-{Guid.NewGuid():N}";
        Listener = new NotifyListener(name);
        _manager = new ServiceManager(
            variable => variable == "NOTIFY_SOCKET" ? name : null,
            NullLogger<ServiceManager>.Instance
        );
        Watchdog = new Watchdog(
            jobs.World.Get<RunsUnderWay>(),
            jobs.World.Get<HungRuns>(),
            jobs.World.Get<Pulse>(),
            _manager,
            pace,
            reason => Ended ??= reason,
            time
        );
    }

    public JobsWorld Jobs { get; }
    public Watchdog Watchdog { get; }
    public NotifyListener Listener { get; }

    /// <summary>Why the process was ended; null: it was not.</summary>
    public string? Ended { get; private set; }

    /// <summary>How often the scheduler has shown that it fires.</summary>
    public long Beats => Jobs.World.Get<Pulse>().Beats;

    /// <param name="stage">What every stage does; null: it advances.</param>
    /// <param name="pace">How patient the watchdog is; null: that of these tests.</param>
    /// <param name="time">Its clock; null: the one that the test moves.</param>
    public static async Task<WatchWorld> MakeAsync(
        Func<CancellationToken, Outcome>? stage = null,
        WatchPace? pace = null,
        TimeProvider? time = null
    )
    {
        var jobs = await JobsWorld.MakeAsync(stage);
        var world = new WatchWorld(jobs, pace ?? Pace, time ?? jobs.Clock);
        await world.Jobs.Scheduler.Start();
        return world;
    }

    /// <summary>Lets time pass with a look at each step, until something has come true.</summary>
    /// <param name="condition">What is to come true.</param>
    /// <param name="beats">The scheduler fires at each step, and is given the time to.</param>
    public async Task LookUntilAsync(Func<Task<bool>> condition, bool beats = true)
    {
        for (var i = 0; i < 200; i++)
        {
            var before = Beats;
            Watchdog.Look();
            for (var wait = 0; beats && Beats == before && wait < 500; wait++)
                await Task.Delay(5);
            if (await condition())
                return;
            Jobs.Clock.Advance(Step);
            await Task.Delay(5);
        }
        Assert.Fail("it never came true");
    }

    public Task LookUntilAsync(Func<bool> condition, bool beats = true) =>
        LookUntilAsync(() => Task.FromResult(condition()), beats);

    /// <summary>Lets so much time pass with a look at each step.</summary>
    public async Task LookForAsync(TimeSpan time)
    {
        var end = Jobs.Clock.GetTimestamp() + time.Ticks;
        await LookUntilAsync(() => Jobs.Clock.GetTimestamp() >= end);
    }

    /// <summary>An item at its first stage, at work.</summary>
    public async Task<Item> BeginAsync()
    {
        var item = await Jobs.World.AddAsync("a.mp4", "a", ItemState.Gate);
        await Jobs.Queue.AddAsync(item.Id, item.Channel, notBefore: null, CancellationToken.None);
        await Jobs.AssertEventuallyAsync(
            () => Task.FromResult(Jobs.World.Get<RunsUnderWay>().All.Any(run => run.Sign.Stage is not null)),
            TimeSpan.FromSeconds(1)
        );
        return item;
    }

    public async Task<Item> ReadAsync(Item item)
    {
        await using var db = Jobs.World.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
    }

    public async Task<Alert?> AlertAsync()
    {
        await using var db = Jobs.World.Open();
        return await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Rule == HungRuns.Rule);
    }

    public async ValueTask DisposeAsync()
    {
        Watchdog.Stop();
        await Jobs.DisposeAsync();
        Watchdog.Dispose();
        _manager.Dispose();
        Listener.Dispose();
    }
}
