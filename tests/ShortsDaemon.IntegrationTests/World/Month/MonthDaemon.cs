using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>The daemon's own services and scheduler in this process. The clock goes from one fire time to the next, never past one.</summary>
internal sealed class MonthDaemon : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Nudge = TimeSpan.FromSeconds(2);

    // More than the scheduler's idle wait, less than what the ledger calls late.
    private const int MostNudges = 16;

    // Every 30 s of a month is too often even for a look that finds nothing.
    private static readonly TimeSpan ResumeEvery = TimeSpan.FromMinutes(20);

    private readonly IHost _host;
    private readonly FakeTimeProvider _clock;
    private readonly Death _death;
    private readonly IScheduler _scheduler;

    private MonthDaemon(IHost host, FakeTimeProvider clock, Death death, IScheduler scheduler) =>
        (_host, _clock, _death, _scheduler) = (host, clock, death, scheduler);

    public static async Task<MonthDaemon> StartAsync(ShortsOptions options, FakeTimeProvider clock)
    {
        var (time, death) = (new MonthTime(clock), new Death());
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddPipeline(new LiveOptions(options)).AddJobs(clock);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton<Func<TimeSpan?>>(() => TimeSpan.FromTicks(clock.GetTimestamp()));
        builder.Services.ConfigureDbContext<ShortsDb>(o => o.AddInterceptors(death));
        // The clock stands still while a call is under way, but for a nudge now and then.
        var patience = new Patience { Attempt = TimeSpan.FromHours(2), Total = TimeSpan.FromHours(6) };
        builder.Services.AddSingleton(s => new ProviderClients(s.GetRequiredService<Breakers>(), time)
        {
            Patience = patience,
        });
        QuickStages.Replace(builder.Services);
        var host = builder.Build();
        await host.Services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await host.StartAsync();
        await WaitAsync(() => time.Loops >= 2, "the daemon to be up");
        var resume = await scheduler.GetTrigger(new TriggerKey(nameof(ResumeJob)));
        await scheduler.RescheduleJob(
            resume!.Key,
            resume
                .GetTriggerBuilder()
                .StartAt(clock.GetUtcNow() + ResumeJob.Interval)
                .WithSimpleSchedule(s => s.WithInterval(ResumeEvery).RepeatForever())
                .Build()
        );
        var daemon = new MonthDaemon(host, clock, death, scheduler);
        await daemon.SettleAsync();
        return daemon;
    }

    /// <summary>Lets time pass; whatever fires is waited for before it goes on.</summary>
    public async Task AdvanceToAsync(DateTimeOffset end)
    {
        while (_clock.GetUtcNow() < end)
        {
            var next = await SettleAsync();
            var now = _clock.GetUtcNow();
            if (next > now && now < end)
                _clock.Advance((next < end ? next : end) - now);
        }
        await SettleAsync();
    }

    /// <summary>Goes to the next fire time and dies as soon as something is at work there.</summary>
    public async Task DieAtWorkAsync()
    {
        var next = await SettleAsync();
        _clock.Advance(next - _clock.GetUtcNow());
        var started = Stopwatch.GetTimestamp();
        // Every job here keeps its triggers blocked while it is at work.
        while (!await IsAnyAsync(TriggerState.Blocked) && Stopwatch.GetElapsedTime(started) < Stuck)
            await Task.Yield();
        await DisposeAsync();
    }

    /// <summary>Without a clean stop: nobody waits for anything, and nothing more is written down.</summary>
    public async ValueTask DisposeAsync()
    {
        _death.Come();
        await _scheduler.Shutdown(waitForJobsToComplete: false);
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            _host.Dispose();
    }

    /// <returns>The next fire time.</returns>
    private async Task<DateTimeOffset> SettleAsync()
    {
        var (started, nudged) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        for (var nudges = 0; ; )
        {
            if (await SchedulerIsAtRestAsync() is { } next)
                return next;
            if (Stopwatch.GetElapsedTime(started) > Deadline)
                throw new AssertionException($"the scheduler did not come to rest at {_clock.GetUtcNow():u}");
            if (nudges < MostNudges && Stopwatch.GetElapsedTime(nudged) > Stuck)
            {
                // The scheduler looked at the clock before it moved, and waits for a little longer than it should.
                _clock.Advance(Nudge);
                nudges++;
                nudged = Stopwatch.GetTimestamp();
            }
            await Task.Delay(1);
        }
    }

    /// <returns>The next fire time; null: something is at work or due.</returns>
    private async Task<DateTimeOffset?> SchedulerIsAtRestAsync()
    {
        var (now, first) = (_clock.GetUtcNow(), DateTimeOffset.MaxValue);
        foreach (var key in await _scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup()))
        {
            if (await _scheduler.GetTriggerState(key) != TriggerState.Normal)
                return null;
            if ((await _scheduler.GetTrigger(key))?.NextFireTimeUtc is not { } next || next <= now)
                return null;
            first = next < first ? next : first;
        }
        return first;
    }

    private async Task<bool> IsAnyAsync(TriggerState state)
    {
        foreach (var key in await _scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup()))
            if (await _scheduler.GetTriggerState(key) == state)
                return true;
        return false;
    }

    private static async Task WaitAsync(Func<bool> isSo, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline)
                throw new AssertionException($"waited in vain for {what}");
            await Task.Delay(1);
        }
    }
}
