using NUnit.Framework;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeMetadataTests : YouTubeTestBase
{
    private static readonly object Private = new { privacyStatus = "private" };

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Snippet("invalidTitle", "");
        yield return Snippet("invalidTitle", new string('x', 101));
        yield return Snippet("invalidTitle", "a <b> c");
        yield return Snippet("invalidDescription", "t", new string('ä', 2501));
        yield return Snippet("invalidDescription", "t", "a > b");
        yield return Snippet("invalidTags", "t", "", [new string('x', 250), new string('y', 250)]);
        yield return Snippet("invalidTags", "t", "", ["a " + new string('x', 497)]);
        yield return Snippet("invalidCategoryId", "t", "", [], "99");
        yield return Status("invalidPublishAt", new { privacyStatus = "public", publishAt = "2026-12-01T18:00:00Z" });
        yield return Status("invalidPublishAt", new { privacyStatus = "private", publishAt = "tomorrow" });
        yield return Status("invalidVideoMetadata", new { privacyStatus = "secret" });
        yield return Status("parseError", new { privacyStatus = "private", madeForKids = true });
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task Is_refused(string reason, object video)
    {
        using var answer = await Sandbox.PostVideoAsync(video);
        Assert.That(await RefusalAsync(answer), Is.EqualTo((400, reason)));
    }

    [Test]
    public async Task Just_inside_the_limits_is_taken()
    {
        var tags = new[] { new string('x', 249), new string('y', 250) };
        using var answer = await Sandbox.PostVideoAsync(
            new { snippet = Words(new string('t', 100), new string('ä', 2500), tags), status = Private }
        );
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
    }

    [TestCase("part=snippet", "unexpectedPart")]
    [TestCase("part=snippet,status,wheels", "unknownPart")]
    [TestCase("", "missingRequiredParameter")]
    public async Task Parts_must_be_announced(string parts, string reason)
    {
        using var answer = await Sandbox.PostVideoAsync(
            Video(),
            $"upload/youtube/v3/videos?uploadType=resumable&{parts}"
        );
        Assert.That(await RefusalAsync(answer), Is.EqualTo((400, reason)));
    }

    [Test]
    public async Task A_publishing_time_makes_a_private_video_public_and_a_past_one_at_once()
    {
        var now = Sandbox.Time.GetUtcNow();
        var later = await UploadAtAsync(now.AddHours(2));
        await UploadAtAsync(now.AddHours(-2));
        Assert.That(Sandbox.YouTube.Uploads.Select(u => u.Privacy), Is.EqualTo(new[] { "private", "public" }));
        Sandbox.Time.Advance(TimeSpan.FromMinutes(50));
        var status = (await Sandbox.GetAsync($"youtube/v3/videos?part=status&id={later}"))["items"]![0]!["status"]!;
        Assert.That((string?)status["publishAt"], Is.EqualTo("2026-01-15T14:00:00Z"));
        Sandbox.Time.Advance(TimeSpan.FromMinutes(70));
        Assert.That(Sandbox.YouTube.Uploads[0].Privacy, Is.EqualTo("public"));
    }

    [Test]
    public async Task Without_a_privacy_a_video_is_public()
    {
        using var start = await Sandbox.PostVideoAsync(
            new { snippet = Words("t"), status = new { embeddable = true } }
        );
        (await Sandbox.PutAsync(start.Headers.Location!.ToString(), Bytes(1), 0, 1)).Dispose();
        Assert.That(Sandbox.YouTube.Uploads.Single().Privacy, Is.EqualTo("public"));
    }

    [Test]
    public async Task Another_privacy_than_asked_for_can_come_back()
    {
        Sandbox.YouTube.Rules.ForcedPrivacy = "private";
        await Sandbox.UploadAsync(privacy: "public");
        Assert.That(Sandbox.YouTube.Uploads.Single().Privacy, Is.EqualTo("private"));
    }

    private async Task<string> UploadAtAsync(DateTimeOffset at)
    {
        using var start = await Sandbox.PostVideoAsync(
            new { snippet = Words("t"), status = new { privacyStatus = "private", publishAt = at.ToString("o") } }
        );
        using var done = await Sandbox.PutAsync(start.Headers.Location!.ToString(), Bytes(9), 0, 9);
        return (string)(await JsonAsync(done))["id"]!;
    }

    private static TestCaseData Snippet(
        string reason,
        string title,
        string description = "",
        string[]? tags = null,
        string categoryId = "20"
    ) => new(reason, new { snippet = Words(title, description, tags, categoryId), status = Private });

    private static TestCaseData Status(string reason, object status) =>
        new(reason, new { snippet = Words("t"), status });

    private static object Words(
        string title,
        string description = "",
        string[]? tags = null,
        string categoryId = "20"
    ) =>
        new
        {
            title,
            description,
            tags,
            categoryId,
        };
}
