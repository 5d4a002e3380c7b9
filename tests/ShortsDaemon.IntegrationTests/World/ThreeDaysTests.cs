using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.World.Month;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests;
using ShortsDaemon.World;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>
/// 72 hours of the real services with every maintenance job at its default times, on a clock that runs ahead; in a short run
/// the last 30 of them. Europe's clocks change in the last night.
/// </summary>
[NonParallelizable] // this process's memory is measured
public sealed class ThreeDaysTests
{
    private const int Broadcasters = 4;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Begun = TimeSpan.FromHours(Torture.IsLong ? 24 : 10);
    private static readonly TimeSpan Rest = TimeSpan.FromHours(Torture.IsLong ? 48 : 20);

    // The box remembers clips and videos; pools and caches still fill up a little.
    private static readonly double MostGrowth = 3 * MiB * (Rest / TimeSpan.FromHours(48));

    private readonly FakeTimeProvider _clock = new(new(2026, 10, Torture.IsLong ? 23 : 24, 0, 5, 0, TimeSpan.Zero));
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("shorts-days-").FullName;

    [TearDown]
    public void CleanUp()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    [Test]
    public async Task With_all_jobs_memory_stays_flat_and_every_fire_has_its_cause()
    {
        var begin = _clock.GetUtcNow();
        await using var world = await WorldServer.StartAsync(new(_clock, _root), CancellationToken.None);
        world.YouTube.Rules.KeepsFiles = false;
        var options = MonthPlan.Options(_root, world, Broadcasters, Recorder());
        await MonthPlan.LogInAsync(options, world);
        var viewers = new Viewers(world, MonthPlan.Logins(Broadcasters), new Random(5));
        viewers.Begin();

        long begun,
            atTheEnd;
        await using (var daemon = await MonthDaemon.StartAsync(options, _clock))
        {
            begun = await LiveAsync(daemon, world, viewers, Begun);
            atTheEnd = await LiveAsync(daemon, world, viewers, Rest);
        }

        TestContext.Progress.WriteLine(
            $"memory: {begun / MiB:0.0} MiB after {Begun.TotalHours} h, {atTheEnd / MiB:0.0} {Rest.TotalHours} h later"
        );
        Assert.That(atTheEnd - begun, Is.LessThan(MostGrowth), "bytes that the rest of the time has added");
        await new MonthAudit(options, world, begin, _clock.GetUtcNow()).AssertAsync(viewers.Moments);
        await AssertJobsAsync(options);
    }

    /// <returns>Bytes in use at the end.</returns>
    private async Task<long> LiveAsync(MonthDaemon daemon, WorldServer world, Viewers viewers, TimeSpan length)
    {
        for (var end = _clock.GetUtcNow() + length; _clock.GetUtcNow() < end; )
        {
            viewers.Watch();
            await daemon.AdvanceToAsync(_clock.GetUtcNow() + Step);
            // What the box remembers is not the daemon's.
            world.Calls.Clear();
        }
        return Settled();
    }

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task AssertJobsAsync(ShortsOptions options)
    {
        var database = new DbContextOptionsBuilder<ShortsDb>();
        database.UseShorts(options.Storage.ConnectionString);
        await using var db = new ShortsDb(database.Options);
        var runs = await db.JobRuns.AsNoTracking().ToListAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                runs.Where(r => r.Outcome != JobOutcome.Succeeded).Select(r => $"{r.Job} {r.Outcome}: {r.Message}"),
                Is.Empty
            );
            var hours = (int)(Begun + Rest).TotalHours;
            Assert.That(runs.Count(r => r.Job == "canary"), Is.InRange(2 * hours, 2 * hours + 2));
            foreach (var nightly in (string[])["backup", "logins", "prune", "upkeep"])
                Assert.That(runs.Count(r => r.Job == nightly), Is.AtLeast((hours + 23) / 24), nightly);
        });
    }

    // Stands for ffmpeg where a test Short's recording is made; its stages are stand-ins, too.
    private string Recorder()
    {
        var path = Path.Combine(_root, "recorder");
        File.WriteAllText(path, "#!/bin/sh\nfor last; do :; done\necho test >\"$last\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
