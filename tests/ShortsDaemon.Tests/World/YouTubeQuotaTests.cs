using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.World.YouTube;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeQuotaTests : YouTubeTestBase
{
    [Test]
    public async Task An_empty_upload_bucket_answers_429_with_the_words_that_mean_tomorrow()
    {
        Sandbox.YouTube.SetQuota(new QuotaLimits(UploadsPerDay: 1));
        await Sandbox.StartUploadAsync();
        using var answer = await Sandbox.PostVideoAsync(Video());
        Assert.That(await RefusalAsync(answer), Is.EqualTo((429, "rateLimitExceeded")));
        var message = (string)(await JsonAsync(answer))["error"]!["message"]!;
        Assert.That(message, Does.Contain("Video Uploads").And.Contain("per day"));
        var use = Sandbox.YouTube.Quota();
        Assert.That((use.Uploads, use.Refused), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task Units_are_counted_by_the_price_list()
    {
        var video = await Sandbox.UploadAsync();
        await Sandbox.GetAsync($"youtube/v3/videos?part=status&id={video}");
        await Sandbox.GetAsync("youtube/v3/channels?part=id&mine=true");
        (await Sandbox.SendAsync(HttpMethod.Delete, $"youtube/v3/videos?id={video}")).Dispose();
        await Sandbox.GetAsync("youtube/v3/search?part=id&forMine=true&type=video");
        var use = Sandbox.YouTube.Quota();
        Assert.That((use.Uploads, use.Searches, use.Units), Is.EqualTo((1L, 1L, 52L)));
    }

    [Test]
    public async Task A_refused_request_costs_one_unit()
    {
        (await Sandbox.PostVideoAsync(Video(""))).Dispose();
        (await Sandbox.SendAsync(HttpMethod.Delete, "youtube/v3/videos?id=none")).Dispose();
        var use = Sandbox.YouTube.Quota();
        Assert.That((use.Uploads, use.Units), Is.EqualTo((0L, 2L)));
    }

    [Test]
    public async Task An_empty_pool_of_units_answers_403_quotaExceeded_and_uploads_go_on()
    {
        Sandbox.YouTube.SetQuota(new QuotaLimits(UnitsPerDay: 1));
        await Sandbox.GetAsync("youtube/v3/channels?part=id&mine=true");
        using var answer = await Sandbox.SendAsync(HttpMethod.Get, "youtube/v3/channels?part=id&mine=true");
        Assert.That(await RefusalAsync(answer), Is.EqualTo((403, "quotaExceeded")));
        Assert.That((string?)(await JsonAsync(answer))["error"]!["errors"]![0]!["domain"], Is.EqualTo("youtube.quota"));
        await Sandbox.StartUploadAsync();
    }

    // Clocks in California go forward on 8 March 2026 at 10:00 UTC and back on 1 November 2026 at 09:00 UTC.
    [TestCase("2026-01-15T08:00Z")]
    [TestCase("2026-03-08T08:00Z")]
    [TestCase("2026-03-09T07:00Z")]
    [TestCase("2026-11-01T07:00Z")]
    [TestCase("2026-11-02T08:00Z")]
    public async Task The_day_begins_at_midnight_in_the_Pacific_zone(string midnight)
    {
        Sandbox.YouTube.SetQuota(new QuotaLimits(UploadsPerDay: 1));
        var start = DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture);
        Sandbox.Time.JumpWallClock(start.AddSeconds(-1) - Sandbox.Time.GetUtcNow());
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        await Sandbox.StartUploadAsync();
        using var full = await Sandbox.PostVideoAsync(Video());
        Assert.That((int)full.StatusCode, Is.EqualTo(429));
        Sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        await Sandbox.StartUploadAsync();
        Assert.That(Sandbox.YouTube.QuotaDays().Select(d => d.Uploads), Is.EqualTo(new[] { 1L, 1L }));
    }

    [Test]
    public async Task Two_channels_share_a_project_and_another_project_has_its_own()
    {
        Sandbox.YouTube.SetQuota(new QuotaLimits(UploadsPerDay: 1));
        await Sandbox.StartUploadAsync();
        Sandbox.YouTube.AddAccount("other", "UCother");
        Sandbox.Token = Sandbox.YouTube.IssueToken("other").AccessToken;
        using var shared = await Sandbox.PostVideoAsync(Video());
        Assert.That((int)shared.StatusCode, Is.EqualTo(429));
        Sandbox.Token = Sandbox.YouTube.IssueToken("other", Sandbox.Google.AddProject("second")).AccessToken;
        await Sandbox.StartUploadAsync();
    }

    [Test]
    public async Task Starts_side_by_side_cannot_spend_the_same_upload()
    {
        Sandbox.YouTube.SetQuota(new QuotaLimits(UploadsPerDay: 5));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Sandbox.PostVideoAsync(Video())));
        Assert.That(answers.Count(a => (int)a.StatusCode == 200), Is.EqualTo(5));
        Assert.That(Sandbox.YouTube.Quota(), Is.EqualTo(new QuotaUse(new(2026, 1, 15), Uploads: 5, Refused: 15)));
    }

    [Test]
    public async Task A_channel_has_a_limit_of_its_own_for_24_hours()
    {
        Sandbox.YouTube.SetChannelCap(ChannelId, 1);
        await Sandbox.UploadAsync();
        using var full = await Sandbox.PostVideoAsync(Video());
        Assert.That(await RefusalAsync(full), Is.EqualTo((400, "uploadLimitExceeded")));
        Assert.That((string?)(await JsonAsync(full))["error"]!["errors"]![0]!["domain"], Is.EqualTo("youtube.video"));
        Sandbox.Time.Advance(TimeSpan.FromHours(24));
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        await Sandbox.StartUploadAsync();
    }

    [Test]
    public async Task A_planned_refusal_comes_as_often_as_it_was_planned()
    {
        Sandbox.YouTube.Refuse("youtube.channels", ApiRefusal.Burst, times: 2);
        var reasons = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await Sandbox.SendAsync(HttpMethod.Get, "youtube/v3/channels?part=id&mine=true");
            reasons.Add((int)answer.StatusCode);
        }
        Assert.That(reasons, Is.EqualTo(new[] { 403, 403, 200 }));
    }
}
