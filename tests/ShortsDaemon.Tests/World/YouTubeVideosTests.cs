using System.Net.Http.Json;
using NUnit.Framework;
using ShortsDaemon.World.YouTube;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeVideosTests : YouTubeTestBase
{
    [Test]
    public async Task Processing_takes_its_time_and_succeeds()
    {
        Sandbox.YouTube.Rules.ProcessingTime = TimeSpan.FromSeconds(30);
        var id = await Sandbox.UploadAsync();
        Assert.That(await ProcessingAsync(id), Is.EqualTo(("uploaded", "processing")));
        Sandbox.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(await ProcessingAsync(id), Is.EqualTo(("uploaded", "processing")));
        Sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await ProcessingAsync(id), Is.EqualTo(("processed", "succeeded")));
    }

    [Test]
    public async Task Processing_can_fail_be_refused_or_never_end()
    {
        Sandbox.YouTube.PlanOutcome(ProcessingOutcome.Fails("invalidFile"));
        Sandbox.YouTube.PlanOutcome(ProcessingOutcome.Rejects("copyright"));
        Sandbox.YouTube.PlanOutcome(ProcessingOutcome.NeverEnds);
        var ids = new[] { await Sandbox.UploadAsync(), await Sandbox.UploadAsync(), await Sandbox.UploadAsync() };
        Sandbox.Time.Advance(TimeSpan.FromMinutes(50));
        Assert.That(await ProcessingAsync(ids[0]), Is.EqualTo(("failed", "failed")));
        Assert.That(await ProcessingAsync(ids[1]), Is.EqualTo(("rejected", "terminated")));
        Assert.That(await ProcessingAsync(ids[2]), Is.EqualTo(("uploaded", "processing")));
        var items = (await Sandbox.GetAsync($"youtube/v3/videos?part=status&part=suggestions&id={ids[0]},{ids[1]}"))[
            "items"
        ]!;
        Assert.That((string?)items[0]!["status"]!["failureReason"], Is.EqualTo("invalidFile"));
        Assert.That((string?)items[0]!["suggestions"]!["processingErrors"]![0], Is.EqualTo("notAVideoFile"));
        Assert.That((string?)items[1]!["status"]!["rejectionReason"], Is.EqualTo("copyright"));
        Assert.That(
            Sandbox.YouTube.Uploads.Select(u => u.State),
            Is.EqualTo(new[] { "failed", "rejected", "uploaded" })
        );
    }

    [Test]
    public async Task The_same_bytes_on_the_same_channel_are_rejected_as_duplicate()
    {
        var bytes = Bytes(300);
        await Sandbox.UploadAsync(bytes);
        await Sandbox.UploadAsync(bytes);
        Sandbox.YouTube.AddAccount("other", "UCother");
        Sandbox.Token = Sandbox.YouTube.IssueToken("other").AccessToken;
        await Sandbox.UploadAsync(bytes);
        Sandbox.YouTube.FinishProcessing();
        Assert.That(
            Sandbox.YouTube.Uploads.Select(u => (u.State, u.Reason)),
            Is.EqualTo(new[] { ("processed", null), ("rejected", "duplicate"), ("processed", (string?)null) })
        );
    }

    [Test]
    public async Task The_snippet_shows_the_tags_and_unknown_ids_are_left_out()
    {
        var id = await Sandbox.UploadAsync(title: "Clip one");
        var items = (await Sandbox.GetAsync($"youtube/v3/videos?part=snippet&id={id},unknown"))["items"]!.AsArray();
        var snippet = items.Single()!["snippet"]!;
        Assert.That((string?)snippet["title"], Is.EqualTo("Clip one"));
        Assert.That(snippet["tags"]!.AsArray().Select(t => (string?)t), Is.EqualTo(new[] { "one", "two words" }));
        Assert.That(items.Single()!["status"], Is.Null, "only the parts asked for");
    }

    [Test]
    public async Task The_processing_of_another_channel_is_none_of_our_business()
    {
        var id = await Sandbox.UploadAsync(privacy: "public");
        Sandbox.YouTube.AddAccount("other", "UCother");
        Sandbox.Token = Sandbox.YouTube.IssueToken("other").AccessToken;
        using var answer = await Sandbox.SendAsync(HttpMethod.Get, $"youtube/v3/videos?part=processingDetails&id={id}");
        Assert.That(await RefusalAsync(answer), Is.EqualTo((403, "forbidden")));
    }

    [Test]
    public async Task An_update_clears_what_is_not_sent_again()
    {
        var id = await Sandbox.UploadAsync();
        var body = new { id, snippet = new { title = "New", categoryId = "22" } };
        using var answer = await Sandbox.SendAsync(
            HttpMethod.Put,
            "youtube/v3/videos?part=snippet",
            JsonContent.Create(body)
        );
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        var upload = Sandbox.YouTube.Uploads.Single();
        Assert.That((upload.Title, upload.Description, upload.Tags.Count), Is.EqualTo(("New", "", 0)));
        Assert.That(upload.Privacy, Is.EqualTo("private"), "the other part is untouched");
    }

    [Test]
    public async Task A_video_that_was_public_cannot_be_planned_any_more()
    {
        var id = await Sandbox.UploadAsync(privacy: "public");
        var body = new { id, status = new { privacyStatus = "private", publishAt = "2027-01-01T00:00:00Z" } };
        using var answer = await Sandbox.SendAsync(
            HttpMethod.Put,
            "youtube/v3/videos?part=status",
            JsonContent.Create(body)
        );
        Assert.That(await RefusalAsync(answer), Is.EqualTo((400, "invalidPublishAt")));
    }

    [Test]
    public async Task A_deleted_video_is_not_listed_any_more()
    {
        var id = await Sandbox.UploadAsync();
        using var gone = await Sandbox.SendAsync(HttpMethod.Delete, $"youtube/v3/videos?id={id}");
        Assert.That((int)gone.StatusCode, Is.EqualTo(204));
        Assert.That((await Sandbox.GetAsync($"youtube/v3/videos?part=id&id={id}"))["items"]!.AsArray(), Is.Empty);
        using var again = await Sandbox.SendAsync(HttpMethod.Delete, $"youtube/v3/videos?id={id}");
        Assert.That(await RefusalAsync(again), Is.EqualTo((404, "videoNotFound")));
    }

    private async Task<(string, string)> ProcessingAsync(string id)
    {
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        var json = await Sandbox.GetAsync($"youtube/v3/videos?part=status,processingDetails&id={id}");
        var video = json["items"]![0]!;
        return ((string)video["status"]!["uploadStatus"]!, (string)video["processingDetails"]!["processingStatus"]!);
    }
}
