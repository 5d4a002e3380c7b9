using System.Text;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>The captions go up once, and nothing about them holds a video back.</summary>
internal sealed class SubtitlesTests
{
    private const string List = "youtube.captions";
    private const string Insert = "youtube.captions.insert";
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,250\nGrüße an alle 🎉\n\n";

    [Test]
    public async Task They_arrive_as_they_are_and_are_paid_for()
    {
        await using var stage = await OpenAsync();
        var item = await ItemAsync(stage);

        await RequirePublishedAsync(stage, item);

        var track = stage.YouTube.Uploads.Single().Captions.Single();
        Assert.That((track.Language, track.Name, track.Kind), Is.EqualTo(("de", "", "standard")));
        Assert.That(
            Encoding.UTF8.GetBytes(track.Text),
            Is.EqualTo(await File.ReadAllBytesAsync(stage.Flow.Data.Of(item.Id).Subtitles))
        );
        Assert.That(stage.World.Calls.Of(Insert), Has.Count.EqualTo(1));
        Assert.That((await stage.PromiseAsync(item)).Remark, Is.Null);
        var units = (await stage.AllAsync<QuotaDay>()).Single(d => d.Bucket == "units").Spent;
        Assert.That(units, Is.EqualTo(stage.YouTube.Quota().Units).And.GreaterThan(450));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_answer_that_never_came_is_looked_up(bool isKilled)
    {
        var wire = new Wire();
        await using var stage = await OpenAsync(wire);
        using var kill = new CancellationTokenSource();
        var item = await ItemAsync(stage);
        await stage.RunAsync(item);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        wire.After = async (request, _) =>
        {
            if (
                request.Method != HttpMethod.Post
                || !request.RequestUri!.AbsolutePath.EndsWith("/captions", StringComparison.Ordinal)
            )
                return;
            wire.After = null;
            if (!isKilled)
                throw new HttpRequestException("The connection broke");
            await kill.CancelAsync();
            kill.Token.ThrowIfCancellationRequested();
        };

        Assert.That(
            () => stage.RunAsync(item, kill.Token),
            isKilled ? Throws.InstanceOf<OperationCanceledException>() : Throws.Nothing
        );
        stage.Flow.Restart();
        await RequirePublishedAsync(stage, item);

        Assert.That(stage.YouTube.Uploads.Single().Captions, Has.Count.EqualTo(1));
        Assert.That(stage.World.Calls.Of(Insert), Has.Count.EqualTo(1));
        Assert.That((await stage.PromiseAsync(item)).Remark, Is.Null);
    }

    [TestCase("standard", new[] { "standard" })]
    [TestCase("asr", new[] { "asr", "standard" })]
    public async Task What_somebody_sent_by_hand_stays_and_what_YouTube_hears_does_not_count(
        string kind,
        string[] there
    )
    {
        await using var stage = await OpenAsync();
        var item = await ItemAsync(stage);
        await stage.RunAsync(item);
        stage.YouTube.AddCaptions(stage.YouTube.Uploads.Single().VideoId, "de", kind);

        await RequirePublishedAsync(stage, item);

        Assert.That(stage.YouTube.Uploads.Single().Captions.Select(c => c.Kind), Is.EqualTo(there));
    }

    [Test]
    public async Task A_track_that_is_there_already_is_as_good()
    {
        await using var stage = await OpenAsync();
        stage.YouTube.Refuse(Insert, ApiRefusal.CaptionExists);
        var item = await ItemAsync(stage);

        await RequirePublishedAsync(stage, item);

        Assert.That(stage.World.Calls.Of(Insert), Has.Count.EqualTo(1));
        Assert.That((await stage.PromiseAsync(item)).Remark, Is.Null);
    }

    [Test]
    public async Task They_leave_the_units_that_others_need_and_wait_for_the_next_day()
    {
        await using var stage = await OpenAsync();
        stage.Configure(
            To(),
            new()
            {
                ChunkMiB = 0.25,
                Quota = new() { UnitsPerDay = 520 },
            }
        );
        var item = await ItemAsync(stage);
        await stage.RunAsync(item);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var tomorrow = stage.Tomorrow;

        var now = await stage.RunAsync(item);

        Assert.That((now.NotBefore, now.Tries), Is.EqualTo(((DateTimeOffset?)tomorrow, 0)));
        Assert.That(now.Reason, Does.Contain("the subtitles wait"));
        var video = stage.YouTube.Uploads.Single();
        Assert.That((video.State, video.ThumbnailSha256 is null), Is.EqualTo(("processed", false)));
        Assert.That(stage.World.Calls.Of(List), Is.Empty);
        Assert.That(await stage.AllAsync<Alert>(), Is.Empty);
        await RequirePublishedAsync(stage, item);
        Assert.That(stage.YouTube.Uploads.Single().Captions, Has.Count.EqualTo(1));
    }

    [TestCase(1)]
    [TestCase(1000)]
    public async Task What_YouTube_has_no_quota_for_is_tried_for_two_days(int times)
    {
        await using var stage = await OpenAsync();
        stage.YouTube.Refuse(Insert, ApiRefusal.QuotaExceeded, times);
        var item = await ItemAsync(stage);
        var start = stage.Clock.GetUtcNow();

        await RequirePublishedAsync(stage, item);

        var isSent = stage.YouTube.Uploads.Single().Captions.Count == 1;
        var remark = (await stage.PromiseAsync(item)).Remark;
        Assert.That((isSent, remark is null), Is.EqualTo((times == 1, times == 1)), remark);
        Assert.That(remark ?? "given up after 2 days", Does.Contain("given up after 2 days"));
        Assert.That(stage.Clock.GetUtcNow() - start, Is.LessThan(TimeSpan.FromDays(3.1)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_login_without_the_right_is_told_once_until_a_new_one_has_it(bool isLost)
    {
        await using var stage = await OpenAsync();
        var asked = isLost ? 1 : 0;
        if (isLost)
            stage.YouTube.Refuse(List, ApiRefusal.ScopeMissing, times: 2);
        else
            await stage.LogInAsync();
        for (var i = 1; i <= 2; i++)
        {
            var item = await ItemAsync(stage);
            await RequirePublishedAsync(stage, item);
            Assert.That((await stage.PromiseAsync(item)).Remark, Does.Contain("ShortsDaemon auth youtube main"));
            Assert.That(stage.World.Calls.Of(List), Has.Count.EqualTo(i * asked));
        }
        var alert = (await stage.AllAsync<Alert>()).Single();
        Assert.That(
            (alert.Rule, alert.Subject, alert.ResolvedAt),
            Is.EqualTo(("ScopeMissing", "YouTube/main", (DateTimeOffset?)null))
        );
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);

        await stage.Flow.Get<NewLogin>().KeepAsync("main", await stage.LogInAsync(), default);
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Null, "it has no such right either");
        await stage.Flow.Get<NewLogin>().KeepAsync("main", await LogInAsync(stage), default);
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);

        await RequirePublishedAsync(stage, await ItemAsync(stage, "With all rights"));
        Assert.That(stage.YouTube.Uploads.Single(v => v.Title == "With all rights").Captions, Has.Count.EqualTo(1));
    }

    [TestCase(true, null)]
    [TestCase(true, "")]
    [TestCase(false, Srt)]
    public async Task Nothing_is_asked_where_there_is_nothing_to_send(bool isWanted, string? srt)
    {
        await using var stage = await OpenAsync(to: To(subtitles: isWanted));
        var item = await ItemAsync(stage, srt: srt);

        await RequirePublishedAsync(stage, item);

        Assert.That(stage.World.Calls.Of(List).Concat(stage.World.Calls.Of(Insert)), Is.Empty);
        Assert.That((await stage.PromiseAsync(item)).Remark, Is.Null);
    }

    [TestCase("en", "fr", "de", "en")]
    [TestCase("", "fr", "de", "fr")]
    [TestCase("", "other", "de", "de")]
    [TestCase("", "other", "", null)]
    public async Task Their_language_is_what_is_spoken(string spoken, string stream, string title, string? language)
    {
        await using var stage = await OpenAsync();
        stage.Configure(To(title), new() { ChunkMiB = 0.25 }, spoken);
        var item = await ItemAsync(stage);
        await using (var db = stage.Flow.Open())
        {
            (await db.Items.FindAsync(item.Id))!.Origin = new()
            {
                BroadcasterId = "1",
                Broadcaster = "B",
                Language = stream,
            };
            await db.SaveChangesAsync();
        }

        await RequirePublishedAsync(stage, item);

        var track = stage.YouTube.Uploads.Single().Captions.SingleOrDefault();
        Assert.That(track?.Language, Is.EqualTo(language));
        Assert.That(
            (await stage.PromiseAsync(item)).Remark,
            language is null ? Does.Contain("Render:Captions:Language") : Is.Null
        );
    }

    [Test]
    public async Task Those_of_another_Short_of_the_recording_are_not_sent()
    {
        await using var stage = await OpenAsync();
        var item = await ItemAsync(stage);
        await stage.RunAsync(item);
        await stage.MakeAsync(item);

        await RequirePublishedAsync(stage, item);

        Assert.That(stage.YouTube.Uploads.Single().Captions, Is.Empty);
        Assert.That((await stage.PromiseAsync(item)).Remark, Does.Contain("made again"));
    }

    [TestCase("no times", "unknownFormat")]
    [TestCase(Srt, "HTTP 400 invalidMetadata No.")]
    public async Task What_YouTube_does_not_take_is_a_remark(string srt, string said)
    {
        await using var stage = await OpenAsync();
        if (srt == Srt)
            stage.YouTube.Refuse(Insert, new ApiRefusal(400, "invalidMetadata", "No.", "youtube.caption"));
        var item = await ItemAsync(stage, srt: srt);

        await RequirePublishedAsync(stage, item);

        Assert.That((await stage.PromiseAsync(item)).Remark, Does.StartWith("subtitles not sent: ").And.Contain(said));
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
    }

    private static async Task<YouTubeStage> OpenAsync(Wire? wire = null, YouTubeDestinationOptions? to = null)
    {
        var stage = await YouTubeStage.OpenAsync(to ?? To(), wire: wire);
        await LogInAsync(stage);
        return stage;
    }

    private static Task<YouTubeToken> LogInAsync(YouTubeStage stage) =>
        stage.LogInAsync(scopes: [.. GoogleFlow.Scopes, GoogleFlow.SubtitlesScope]);

    private static YouTubeDestinationOptions To(string language = "de", bool subtitles = true) =>
        new()
        {
            Type = YouTubePublisher.TypeName,
            Credentials = "main",
            MaxPerDay = 0,
            MinSpacing = 0,
            Language = language,
            Subtitles = subtitles,
        };

    private static async Task<Item> ItemAsync(YouTubeStage stage, string title = "A clip", string? srt = Srt)
    {
        var item = await stage.ItemAsync(title);
        if (srt is not null)
            await File.WriteAllTextAsync(stage.Flow.Data.Of(item.Id).Subtitles, srt);
        return item;
    }

    private static async Task RequirePublishedAsync(YouTubeStage stage, Item item)
    {
        var end = await stage.SettleAsync(item);
        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
    }
}
