using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>Trouble that is over is told as such, and what is there is kept.</summary>
internal sealed class WellAgainTests
{
    private const string Start = "youtube.upload.start";

    [Test]
    public async Task The_limit_of_the_channel_is_over_with_the_next_upload()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.ChannelLimit);
        var item = await stage.ItemAsync();
        await stage.RunAsync(item);
        await RequireOpenAsync(stage, "UploadLimit");

        await stage.SettleAsync(item);

        await RequireResolvedAsync(stage);
    }

    [Test]
    public async Task A_door_that_is_released_takes_its_alert_along()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Forbidden, times: 3);
        var item = await stage.ItemAsync();
        for (var i = 0; i < 3; i++)
            await stage.RunAsync(item);
        await RequireOpenAsync(stage, "DestinationRefused");

        await stage.Flow.Get<Holds>().ReleaseAsync("destination:inbox/YouTube", default);

        await RequireResolvedAsync(stage);
    }

    [Test]
    public async Task A_login_for_the_right_channel_is_well_again()
    {
        await using var stage = await YouTubeStage.OpenAsync(YouTubeStage.To("UC-other"));
        var item = await stage.ItemAsync();
        await stage.RunAsync(item);
        await RequireOpenAsync(stage, "ChannelMismatch");

        stage.Configure(YouTubeStage.To(), new YouTubeOptions { ChunkMiB = 0.25 });
        await stage.SettleAsync(item);

        await RequireResolvedAsync(stage);
    }

    [Test]
    public async Task The_next_Short_that_is_seen_as_wanted_ends_the_alert()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Rules.ForcedPrivacy = "unlisted";
        await stage.SettleAsync(await stage.ItemAsync());
        await RequireOpenAsync(stage, "PrivacyMismatch");

        stage.YouTube.Rules.ForcedPrivacy = null;
        await stage.SettleAsync(await stage.ItemAsync());

        await RequireResolvedAsync(stage);
    }

    [Test]
    public async Task Only_the_third_401_in_a_row_shuts_the_account()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.BadToken, times: 1000);
        var item = await stage.ItemAsync();

        await stage.RunAsync(item);
        await stage.RunAsync(item);
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
        await stage.RunAsync(item);

        Assert.That((await stage.AllAsync<Hold>()).Single().Scope, Is.EqualTo("account:YouTube/main"));
        await RequireOpenAsync(stage, "CredentialRevoked");
        await stage.Flow.Get<Holds>().ReleaseAsync("account:YouTube/main", default);
        await RequireResolvedAsync(stage);
    }

    [Test]
    public async Task A_video_that_is_there_is_kept_when_the_rest_is_given_up()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse("youtube.videos", new ApiRefusal(400, "odd", "No."), times: 1000);
        var item = await stage.ItemAsync();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        var promise = await stage.PromiseAsync(item);
        Assert.That((promise.Rejection, promise.SettledAt is null), Is.EqualTo(((string?)null, false)));
        Assert.That(promise.Remark, Does.StartWith("given up after"));
        Assert.That(promise.RemoteId, Is.EqualTo(stage.YouTube.Uploads.Single().VideoId));
    }

    [Test]
    public async Task An_upload_that_was_taken_and_is_never_shown_is_told_and_left()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        stage.YouTube.Rules.ListLag = TimeSpan.FromDays(30);
        wire.After = (request, response) =>
        {
            if (request.Method == HttpMethod.Put && response.IsSuccessStatusCode)
                response.Content = new StringContent("");
            return Task.CompletedTask;
        };
        var item = await stage.ItemAsync();
        var start = stage.Clock.GetUtcNow();

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.Clock.GetUtcNow() - start, Is.InRange(TimeSpan.FromHours(6), TimeSpan.FromHours(8)));
        var promise = await stage.PromiseAsync(item);
        Assert.That((promise.RemoteId, promise.Rejection), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(promise.Remark, Does.Contain("YouTube Studio"));
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
        Assert.That(stage.World.Calls.Of("youtube.channels"), Has.Count.LessThan(30));
        await RequireOpenAsync(stage, "UploadUnseen");
    }

    private static async Task RequireOpenAsync(YouTubeStage stage, string rule) =>
        Assert.That(
            (await stage.AllAsync<Alert>()).Select(a => (a.Rule, a.ResolvedAt)),
            Is.EqualTo(new[] { (rule, (DateTimeOffset?)null) })
        );

    private static async Task RequireResolvedAsync(YouTubeStage stage) =>
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);
}
