using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Storage;

internal sealed class ShortsDbTests
{
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new FlowWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task Instants_compare_and_sort_in_SQL_and_come_back_as_UTC()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] instants =
        [
            noon.AddMilliseconds(500),
            noon,
            noon.AddMilliseconds(45),
            noon.AddTicks(10),
            noon.ToOffset(TimeSpan.FromHours(5)).AddSeconds(-1),
            noon.AddDays(1),
        ];
        await using var db = _world.Open();
        foreach (var instant in instants)
            db.Runs.Add(
                new Run
                {
                    Channel = "inbox",
                    StartedAt = instant,
                    EndedAt = instant,
                }
            );
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        var sorted = await db.Runs.OrderBy(r => r.StartedAt).Select(r => r.StartedAt).ToListAsync();
        Assert.That(sorted, Is.EqualTo(instants.Order()));
        Assert.That(sorted.Select(i => i.Offset), Has.All.EqualTo(TimeSpan.Zero));
        Assert.That(await db.Runs.CountAsync(r => r.StartedAt > noon), Is.EqualTo(4));
        Assert.That(await db.Runs.CountAsync(r => r.StartedAt == noon.ToOffset(TimeSpan.FromHours(-8))), Is.EqualTo(1));
    }

    [Test]
    public async Task Foreign_keys_are_enforced()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        await using var db = _world.Open();
        db.Attempts.Add(new Attempt { ItemId = new ItemId(4711) });
        Assert.That(
            Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())!.InnerException,
            Is.InstanceOf<SqliteException>().With.Message.Contain("FOREIGN KEY")
        );
        Assert.ThrowsAsync<SqliteException>(() => _world.Open().Channels.ExecuteDeleteAsync());
        Assert.That(item.Id.Value, Is.Positive);
    }

    [Test]
    public async Task Numbers_of_items_are_never_given_twice()
    {
        var first = await _world.AddAsync("a.mp4", "a");
        await using (var db = _world.Open())
            await db.Items.ExecuteDeleteAsync();
        Assert.That((await _world.AddAsync("b.mp4", "b")).Id.Value, Is.GreaterThan(first.Id.Value));
    }

    [Test]
    public async Task Of_two_writers_the_second_is_told()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        await using var one = _world.Open();
        await using var other = _world.Open();
        (await one.Items.SingleAsync(i => i.Id == item.Id)).Reason = "one";
        (await other.Items.SingleAsync(i => i.Id == item.Id)).Reason = "other";
        await one.SaveChangesAsync();
        Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => other.SaveChangesAsync());
    }

    [Test]
    public async Task Records_inside_records_come_back()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        await using var db = _world.Open();
        db.Decisions.Add(
            new()
            {
                ItemId = item.Id,
                Rule = "Score",
                Reason = "ä\"\n🎉",
                Features = [new("Freshness", 1.5, "h", 0.25, 2)],
            }
        );
        db.Renditions.Add(
            new()
            {
                ItemId = item.Id,
                Layout = "x",
                Encoder = "y",
                Checks = [new("LoudnessCheck", true, "−14 LUFS")],
                Quality = [new(QualityGroup.Visual, "Sharpness", 75, "12.5")],
                SilenceTimes = [1, 2.5],
            }
        );
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        Assert.That(
            (await db.Decisions.SingleAsync()).Features,
            Is.EqualTo(new[] { new Feature("Freshness", 1.5, "h", 0.25, 2) })
        );
        Assert.That(
            (await db.Renditions.SingleAsync()).Checks,
            Is.EqualTo(new[] { new CheckResult("LoudnessCheck", true, "−14 LUFS") })
        );
        Assert.That(
            (await db.Renditions.SingleAsync()).Quality,
            Is.EqualTo(new[] { new QualityPart(QualityGroup.Visual, "Sharpness", 75, "12.5") })
        );
        Assert.That((await db.Renditions.SingleAsync()).SilenceTimes, Is.EqualTo(new[] { 1, 2.5 }));
        Assert.That((await db.Items.SingleAsync()).Facts, Is.EqualTo(item.Facts));
    }
}
