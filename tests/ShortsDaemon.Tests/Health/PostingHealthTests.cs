using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Tests.Publish.Posting;
using static ShortsDaemon.Tests.Publish.Posting.PostingHoursTests;

namespace ShortsDaemon.Tests.Health;

/// <summary>What the health page and `schedule` tell of a destination.</summary>
internal sealed class PostingHealthTests
{
    private PostingWorld _world = null!;

    [SetUp]
    public void MakeWorld() =>
        _world = new PostingWorld(
            new()
            {
                Type = "Stage",
                Credentials = "main",
                Windows = [new() { Hours = "17:00-22:30", Days = "Mon-Fri" }],
            }
        );

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task When_all_is_well_it_tells_when_the_next_can_go()
    {
        await _world.VisitAsync(await _world.ItemAsync("a"));

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Healthy), health.Description);
        Assert.That(health.Data["inbox/Stage.nextSlotUtc"], Is.EqualTo(Utc("2026-01-15 16:00").UtcDateTime));
        Assert.That(health.Data["inbox/Stage.nextUploadPossibleUtc"], Is.EqualTo(Utc("2026-01-15 18:00").UtcDateTime));
        Assert.That(health.Data["inbox/Stage.today"], Is.EqualTo(1));
        Assert.That(health.Data["inbox/Stage.uploadsLeft"], Is.EqualTo(100));
    }

    [Test]
    public async Task A_held_account_is_degraded_with_its_mend()
    {
        await _world.World.Get<Holds>().ShutAsync("account:YouTube/main", "auth youtube main", until: null, default);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Is.EqualTo("account:YouTube/main is held until it is mended: auth youtube main.")
        );
        Assert.That(health.Data, Does.Not.ContainKey("inbox/Stage.nextUploadPossibleUtc"));
    }

    [Test]
    public async Task An_empty_quota_is_degraded_and_moves_the_next_upload()
    {
        await _world.World.Get<QuotaLedger>().LearnAsync("YouTube/123", QuotaBucket.Uploads, "empty", default);

        var health = await AskAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(
            health.Description,
            Is.EqualTo("YouTube/123 has no uploads left; the next are possible at 2026-01-16 08:00:00Z.")
        );
        Assert.That(health.Data["inbox/Stage.nextUploadPossibleUtc"], Is.EqualTo(Utc("2026-01-16 16:00").UtcDateTime));
    }

    [Test]
    public async Task Schedule_tells_windows_slots_counts_and_quota()
    {
        await _world.VisitAsync(await _world.ItemAsync("a"));
        await _world.World.Get<Holds>().ShutAsync("destination:inbox/Stage", "limit", _world.Now.AddDays(1), default);
        var options = _world.World.Live.Value;
        await using var db = _world.World.Open();

        var standing = await PostingStanding.ReadAsync(db, options, PostingPlace.All(options)[0], _world.Now, default);

        Assert.That(
            PostingLines.Tell(standing),
            Is.EqualTo([
                "  posts to inbox/Stage: Mon-Fri 17:00-22:30; at most 3 a day, 120 min apart",
                "    today 1 of 3; 1 wait for their slots, the next one 2026-01-15 17:00:00 +01:00",
                "    next free slot 2026-01-15 19:00:00 +01:00   2026-01-15 18:00:00 UTC",
                "    YouTube/123 has 100 of 100 uploads left today",
                "    next upload possible 2026-01-16 17:00:00 +01:00   2026-01-16 16:00:00 UTC",
                "    held: destination:inbox/Stage, until 2026-01-16 13:00:00 +01:00: limit",
            ])
        );
    }

    private Task<HealthCheckResult> AskAsync() =>
        HealthSandbox.AskAsync(new PostingHealth(_world.World.Databases, _world.World.Live, _world.Clock));
}
