using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

internal sealed class YouTubePublisherTests
{
    [Test]
    public async Task A_Short_arrives_with_all_that_belongs_to_it()
    {
        await using var stage = await YouTubeStage.OpenAsync(
            new YouTubeDestinationOptions
            {
                Type = YouTubePublisher.TypeName,
                Credentials = "main",
                MaxPerDay = 0,
                MinSpacing = 0,
                ChannelId = YouTubeStage.Channel,
                Privacy = YouTubePrivacy.Unlisted,
                Category = 22,
                MadeForKids = true,
                SyntheticMedia = true,
                NotifySubscribers = false,
                Language = "de",
                Tags = ["gaming", "two words"],
            }
        );
        var item = await stage.ItemAsync("The best moment");

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        var video = stage.YouTube.Uploads.Single();
        var promise = await stage.PromiseAsync(item);
        var uploads = (await stage.AllAsync<QuotaDay>()).Single(d => d.Bucket == "uploads");
        Assert.Multiple(() =>
        {
            Assert.That(video.Sha256, Is.EqualTo(promise.Sha256));
            Assert.That(video.Title, Is.EqualTo("The best moment"));
            Assert.That(video.Description, Is.EqualTo("The best moment"));
            Assert.That(video.Tags, Is.EqualTo(new[] { promise.Marker, "gaming", "two words" }));
            Assert.That(video.Privacy, Is.EqualTo("unlisted"));
            Assert.That(video.CategoryId, Is.EqualTo("22"));
            Assert.That((video.MadeForKids, video.SyntheticMedia), Is.EqualTo(((bool?)true, (bool?)true)));
            Assert.That(video.NotifySubscribers, Is.False);
            Assert.That(video.Language, Is.EqualTo("de"));
            Assert.That(video.ThumbnailSha256, Is.Not.Null);
            Assert.That(promise.RemoteId, Is.EqualTo(video.VideoId));
            Assert.That(
                (promise.SessionUri, promise.Rejection, promise.Remark),
                Is.EqualTo(((string?)null, (string?)null, (string?)null))
            );
            Assert.That(promise.SettledAt, Is.Not.Null);
            Assert.That(uploads.Spent, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_requests_have_the_documented_form()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var item = await stage.ItemAsync();

        await stage.SettleAsync(item);

        var start = stage.World.Calls.Of("youtube.upload.start").Single();
        Assert.That(
            start.Target,
            Is.EqualTo("/upload/youtube/v3/videos?uploadType=resumable&part=snippet%2Cstatus&notifySubscribers=true")
        );
        Assert.That(start.Headers["X-Upload-Content-Type"], Is.EqualTo("video/mp4"));
        Assert.That(start.Headers["X-Upload-Content-Length"], Is.EqualTo("700000"));
        Assert.That(start.Headers["Authorization"], Does.StartWith("Bearer "));
        Assert.That(start.Headers.ContainsKey("Content-Encoding"), Is.False);
        var chunks = stage.World.Calls.Of("youtube.upload.chunk").Select(c => c.Headers["Content-Range"]);
        Assert.That(
            chunks,
            Is.EqualTo(new[] { "bytes 0-262143/700000", "bytes 262144-524287/700000", "bytes 524288-699999/700000" })
        );
    }

    [Test]
    public async Task A_slot_in_the_future_is_left_to_YouTube()
    {
        await using var stage = await YouTubeStage.OpenAsync(
            new YouTubeDestinationOptions
            {
                Type = YouTubePublisher.TypeName,
                Credentials = "main",
                MaxPerDay = 0,
                MinSpacing = 0,
                Privacy = YouTubePrivacy.Public,
                UploadAhead = true,
                Windows = [new() { Hours = "17:00-18:00" }],
            }
        );
        var item = await stage.ItemAsync();
        var slot = stage.Clock.GetUtcNow().Date.AddHours(17);

        var end = await stage.SettleAsync(item);

        var video = stage.YouTube.Uploads.Single();
        Assert.That(
            (video.Privacy, video.PublishAt),
            Is.EqualTo(("private", (DateTimeOffset?)new DateTimeOffset(slot, TimeSpan.Zero)))
        );
        Assert.That(
            (end.State, (await stage.PromiseAsync(item)).Remark),
            Is.EqualTo((ItemState.Published, (string?)null))
        );
        stage.Clock.Advance(TimeSpan.FromHours(6));
        Assert.That(stage.YouTube.Uploads.Single().Privacy, Is.EqualTo("public"));
    }

    [TestCase("copyright")]
    [TestCase("duplicate")]
    public async Task What_YouTube_throws_out_is_not_sent_again(string reason)
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.PlanOutcome(ProcessingOutcome.Rejects(reason));
        var item = await stage.ItemAsync();

        var end = await stage.SettleAsync(item);

        Assert.That((end.State, end.Reason), Is.EqualTo((ItemState.Rejected, $"YouTube: rejected: {reason}")));
        Assert.That((await stage.PromiseAsync(item)).Rejection, Does.Contain(reason));
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Processing_that_never_ends_is_noted_as_unknown()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.PlanOutcome(ProcessingOutcome.NeverEnds);
        var item = await stage.ItemAsync();
        var start = stage.Clock.GetUtcNow();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published));
        Assert.That(stage.Clock.GetUtcNow() - start, Is.InRange(TimeSpan.FromHours(2), TimeSpan.FromHours(2.2)));
        Assert.That((await stage.PromiseAsync(item)).Remark, Does.Contain("120 minutes"));
        Assert.That(stage.World.Calls.Of("youtube.videos"), Has.Count.InRange(20, 45));
    }

    [Test]
    public async Task A_thumbnail_that_is_refused_is_a_remark_and_shuts_no_door()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.AllowThumbnails(YouTubeStage.Channel, allowed: false);

        for (var i = 0; i < 4; i++)
        {
            var item = await stage.ItemAsync();
            Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
            Assert.That((await stage.PromiseAsync(item)).Remark, Does.Contain("thumbnail refused"));
        }
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
    }

    [Test]
    public async Task An_entry_of_a_playlist_is_looked_for_before_it_is_made()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var list = stage.YouTube.AddPlaylist(YouTubeStage.Channel, "Shorts");
        stage.Configure(
            new YouTubeDestinationOptions
            {
                Type = YouTubePublisher.TypeName,
                Credentials = "main",
                MaxPerDay = 0,
                MinSpacing = 0,
                Playlist = list,
            },
            new()
        );
        var item = await stage.ItemAsync();
        await stage.RunAsync(item);
        // As if it had been killed between the answer and the commit.
        await stage.ChangePromiseAsync(item, p => p.PlaylistAt = null);

        await stage.SettleAsync(item);

        Assert.That(stage.YouTube.Uploads.Single().PlaylistIds, Is.EqualTo(new[] { list }));
    }

    [Test]
    public async Task Another_privacy_than_the_one_asked_for_is_told()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Rules.ForcedPrivacy = "public";
        var item = await stage.ItemAsync();

        await stage.SettleAsync(item);

        Assert.That((await stage.PromiseAsync(item)).Remark, Is.EqualTo("its visibility is public, not private"));
        Assert.That((await stage.AllAsync<Alert>()).Single().Rule, Is.EqualTo("PrivacyMismatch"));
    }
}
