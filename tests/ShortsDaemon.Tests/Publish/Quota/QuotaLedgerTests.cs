using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Tests.Flow;
using static ShortsDaemon.Tests.Publish.Posting.PostingHoursTests;

namespace ShortsDaemon.Tests.Publish.Quota;

internal sealed class QuotaLedgerTests
{
    private const string Project = "YouTube/123";

    private FlowWorld _world = null!;

    private QuotaLedger Ledger => _world.Get<QuotaLedger>();

    [SetUp]
    public void MakeWorld()
    {
        _world = new FlowWorld();
        Allow(uploads: 3, units: 100);
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [TestCase("2026-01-15 12:00", "2026-01-16 08:00", TestName = "winter")]
    [TestCase("2026-07-15 12:00", "2026-07-16 07:00", TestName = "summer")]
    [TestCase("2026-07-15 06:59", "2026-07-15 07:00", TestName = "a minute before midnight there")]
    [TestCase("2026-03-08 09:00", "2026-03-09 07:00", TestName = "the day with 23 hours, 2026")]
    [TestCase("2026-11-01 07:30", "2026-11-02 08:00", TestName = "the day with 25 hours, 2026")]
    [TestCase("2027-03-14 08:30", "2027-03-15 07:00", TestName = "the day with 23 hours, 2027")]
    [TestCase("2027-11-07 12:00", "2027-11-08 08:00", TestName = "the day with 25 hours, 2027")]
    public async Task When_it_is_spent_the_next_day_begins_at_midnight_in_Los_Angeles(string now, string next)
    {
        SetClock(now);
        for (var i = 0; i < 3; i++)
            await SpendAsync();

        var refused = Assert.ThrowsAsync<NotYetException>(() => SpendAsync());

        Assert.That(refused!.Until, Is.EqualTo(Utc(next)));
        Assert.That(refused.Message, Does.Contain("YouTube/123 has used 3 of its 3 uploads today"));
        Assert.That(await NextAsync(), Is.EqualTo(Utc(next)));
        SetClock(next);
        Assert.That(await NextAsync(), Is.EqualTo(Utc(next)));
        await SpendAsync();
    }

    [Test]
    public async Task What_would_go_over_the_cap_spends_nothing()
    {
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 60, default);

        Assert.ThrowsAsync<NotYetException>(() => Ledger.SpendAsync(Project, QuotaBucket.Units, 50, default));
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 40, default);

        var standing = await Ledger.StandingAsync(Project, QuotaBucket.Units, default);
        Assert.That((standing.Spent, standing.Left), Is.EqualTo((100L, 0L)));
    }

    [Test]
    public async Task Many_at_once_never_spend_more_than_there_is()
    {
        Allow(uploads: 10, units: 0);

        var spent = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(TrySpendAsync)));

        Assert.That(spent.Count(done => done), Is.EqualTo(10));
        Assert.That((await Ledger.StandingAsync(Project, QuotaBucket.Uploads, default)).Spent, Is.EqualTo(10));
    }

    [Test]
    public async Task Projects_and_buckets_do_not_share()
    {
        await Ledger.LearnAsync(Project, QuotaBucket.Uploads, "quotaExceeded", default);

        await Ledger.SpendAsync("YouTube/456", QuotaBucket.Uploads, 1, default);
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 1, default);
        Assert.ThrowsAsync<NotYetException>(() => SpendAsync());
    }

    [Test]
    public async Task An_early_refusal_ends_the_day_but_not_the_next_one()
    {
        await SpendAsync();
        var until = await Ledger.LearnAsync(Project, QuotaBucket.Uploads, "Video Uploads per day", default);

        Assert.That(until, Is.EqualTo(Utc("2026-01-16 08:00")));
        Assert.ThrowsAsync<NotYetException>(() => SpendAsync());
        var standing = await Ledger.StandingAsync(Project, QuotaBucket.Uploads, default);
        Assert.That((standing.Spent, standing.Cap, standing.NextAt), Is.EqualTo((1L, 1L, until)));

        _world.Clock.Advance(until - _world.Clock.GetUtcNow());
        for (var i = 0; i < 3; i++)
            await SpendAsync();
    }

    [Test]
    public async Task The_owner_is_told_once_and_told_when_it_is_well_again()
    {
        await Ledger.LearnAsync(Project, QuotaBucket.Uploads, "quotaExceeded", default);
        Assert.ThrowsAsync<NotYetException>(() => SpendAsync());
        Assert.ThrowsAsync<NotYetException>(() => SpendAsync());

        await using var db = _world.Open();
        var alert = await db.Alerts.AsNoTracking().SingleAsync();
        Assert.That((alert.Rule, alert.Subject), Is.EqualTo(("QuotaEmpty", "YouTube/123/uploads")));
        Assert.That(alert.Message, Does.Contain("quotaExceeded").And.Contain("2026-01-16 08:00:00Z"));
        Assert.That(alert.ResolvedAt, Is.Null);

        _world.Clock.Advance(TimeSpan.FromDays(1));
        await SpendAsync();
        Assert.That((await db.Alerts.AsNoTracking().SingleAsync()).ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task A_cheap_call_that_still_fits_is_no_sign_that_it_is_well_again()
    {
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 60, default);
        Assert.ThrowsAsync<NotYetException>(() => Ledger.SpendAsync(Project, QuotaBucket.Units, 50, default));
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 1, default);
        Assert.ThrowsAsync<NotYetException>(() => Ledger.SpendAsync(Project, QuotaBucket.Units, 50, default));
        _world.Restart();
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 1, default);

        await using var db = _world.Open();
        Assert.That((await db.Alerts.AsNoTracking().SingleAsync()).ResolvedAt, Is.Null);

        Assert.ThrowsAsync<NotYetException>(() => Ledger.SpendAsync(Project, QuotaBucket.Units, 50, default));
        Allow(uploads: 3, units: 200);
        await Ledger.SpendAsync(Project, QuotaBucket.Units, 1, default);
        Assert.That((await db.Alerts.AsNoTracking().SingleAsync()).ResolvedAt, Is.Not.Null, "there is room for it");
    }

    [Test]
    public void A_login_made_with_another_client_spends_the_quota_of_that_ones_project()
    {
        var secret = Path.Combine(_world.Data.Root, "client.json");
        File.WriteAllText(secret, """{ "installed": { "client_id": "123-x" } }""");
        var options = new ShortsOptions
        {
            Daemon = new() { CredentialsDirectory = _world.Data.Root },
            YouTube = new() { ClientSecretFile = secret },
        };
        Assert.That(YouTubeProject.Of(options, "Main"), Is.EqualTo("YouTube/123"), "nobody has logged in");

        var token = Path.Combine(_world.Data.Root, "youtube-main.json");
        File.WriteAllText(token, """{ "refreshToken": "a", "clientId": "4567-y.apps.googleusercontent.com" }""");
        Assert.That(YouTubeProject.Of(options, "Main"), Is.EqualTo("YouTube/4567"));
        File.WriteAllText(token, """{ "refreshToken": "b", "clientId": "89-y.apps.googleusercontent.com" }""");
        Assert.That(YouTubeProject.Of(options, "Main"), Is.EqualTo("YouTube/89"), "a new login counts at once");
        options.Channels["gaming"] = new()
        {
            Destinations = [new YouTubeDestinationOptions { Type = "YouTube", Credentials = "main" }],
        };
        Assert.That(PostingPlace.All(options).Single().Project, Is.EqualTo("YouTube/89"));
    }

    [Test]
    public async Task What_was_spent_is_known_after_a_restart()
    {
        await SpendAsync();
        await SpendAsync();
        _world.Restart();
        await SpendAsync();
        Assert.ThrowsAsync<NotYetException>(() => SpendAsync());
    }

    [TestCase("""{ "installed": { "client_id": "123456-abc.apps.googleusercontent.com" } }""", "YouTube/123456")]
    [TestCase("""{ "web": { "client_id": "77-x" } }""", "YouTube/77")]
    [TestCase("""{ "other": 1 }""", "YouTube/unknown")]
    [TestCase("""[1]""", "YouTube/unknown")]
    [TestCase("""{ "installed": { "client_id": 5 } }""", "YouTube/unknown")]
    [TestCase("nonsense", "YouTube/unknown")]
    public void The_project_is_read_from_the_client_id(string json, string project)
    {
        var file = Path.Combine(_world.Data.Root, "client.json");
        File.WriteAllText(file, json);

        Assert.That(YouTubeProject.Of(new() { ClientSecretFile = file }), Is.EqualTo(project));
        Assert.That(YouTubeProject.Of(new() { ClientSecretFile = file + "x" }), Is.EqualTo("YouTube/unknown"));
        Assert.That(YouTubeProject.Of(new()), Is.EqualTo("YouTube/unknown"));
    }

    private Task SpendAsync() => Ledger.SpendAsync(Project, QuotaBucket.Uploads, 1, default);

    private async Task<bool> TrySpendAsync()
    {
        try
        {
            await SpendAsync();
            return true;
        }
        catch (NotYetException)
        {
            return false;
        }
    }

    private void SetClock(string now) => _world.Clock.JumpWallClock(Utc(now) - _world.Clock.GetUtcNow());

    private void Allow(long uploads, long units) =>
        _world.Live.Accept(
            new ShortsOptions
            {
                Daemon = _world.Live.Value.Daemon,
                Storage = _world.Live.Value.Storage,
                YouTube = new()
                {
                    Quota = new() { UploadsPerDay = uploads, UnitsPerDay = units },
                },
            }
        );

    private async Task<DateTimeOffset> NextAsync() =>
        (await Ledger.StandingAsync(Project, QuotaBucket.Uploads, default)).NextAt;
}
