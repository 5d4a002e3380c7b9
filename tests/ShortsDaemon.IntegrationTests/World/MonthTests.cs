using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.World.Month;
using ShortsDaemon.Tests;
using ShortsDaemon.World;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>
/// Weeks of the real services, the real scheduler, a real database and real HTTP on a clock that runs ahead. Only Download,
/// Render and Gate are stand-ins.
/// </summary>
public sealed class MonthTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan JumpBy = TimeSpan.FromMinutes(95);

    // The last hours are quiet, so that whatever is under way comes to its end.
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(6);

    [Test]
    public async Task Unattended_for_a_month_it_misses_nothing_without_a_reason_and_posts_nothing_twice()
    {
        // Clocks change on 25 October in Europe and on 1 November in America, where Google's day is counted, too.
        var begin = new DateTimeOffset(2026, 10, Torture.IsLong ? 10 : 23, 21, 0, 0, TimeSpan.Zero);
        var (days, broadcasters, deaths) = Torture.IsLong ? (30.0, 20, 12) : (1.5, 4, 2);
        var seed = Seed();
        TestContext.Progress.WriteLine($"month: seed {seed}, {days} days, {broadcasters} broadcasters");
        var started = Stopwatch.GetTimestamp();
        var root = Directory.CreateTempSubdirectory("shorts-month-").FullName;
        try
        {
            var figures = await LiveAsync(root, new Random(seed), begin, TimeSpan.FromDays(days), broadcasters, deaths);
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            TestContext.Progress.WriteLine($"month: {took:0} s; {figures}");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<string> LiveAsync(
        string root,
        Random random,
        DateTimeOffset begin,
        TimeSpan length,
        int broadcasters,
        int deaths
    )
    {
        var (clock, end) = (new FakeTimeProvider(begin), begin + length);
        await using var world = await WorldServer.StartAsync(new(clock, root), CancellationToken.None);
        world.YouTube.Rules.KeepsFiles = false;
        var options = MonthPlan.Options(root, world, broadcasters);
        await MonthPlan.LogInAsync(options, world);
        var viewers = new Viewers(world, MonthPlan.Logins(broadcasters), random);
        viewers.Begin();
        var mishaps = new Mishaps(world, random);
        var deathsAt = Enumerable
            .Range(0, deaths)
            .Select(_ => begin + (length - Quiet) * random.NextDouble())
            .ToHashSet();
        var jumpAt = begin + (length - Quiet) * 0.6;
        var daemon = await MonthDaemon.StartAsync(options, clock);
        try
        {
            while (clock.GetUtcNow() < end)
            {
                viewers.Watch();
                var next = clock.GetUtcNow() + Step;
                if (next < end - Quiet)
                    mishaps.Happen();
                await daemon.AdvanceToAsync(next);
                if (jumpAt <= clock.GetUtcNow())
                {
                    jumpAt = DateTimeOffset.MaxValue;
                    clock.JumpWallClock(JumpBy);
                    // Nobody sees a set clock before its timer ends.
                    clock.Advance(TimeSpan.FromSeconds(31));
                }
                if (deathsAt.RemoveWhere(at => at <= clock.GetUtcNow()) > 0)
                {
                    await daemon.DieAtWorkAsync();
                    for (var i = random.Next(1, 30); i > 0; i--)
                    {
                        viewers.Watch();
                        clock.Advance(Step);
                    }
                    daemon = await MonthDaemon.StartAsync(options, clock);
                }
            }
        }
        finally
        {
            await daemon.DisposeAsync();
        }
        var figures = await new MonthAudit(options, world, begin, clock.GetUtcNow()).AssertAsync(viewers.Moments);
        return $"{mishaps.Count} mishaps, {deaths} deaths, {figures}";
    }

    private static int Seed() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("SHORTSDAEMON_SEED"),
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : Random.Shared.Next();
}
