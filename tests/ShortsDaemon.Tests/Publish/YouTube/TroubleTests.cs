using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>Which refusal shuts which door, and for how long.</summary>
internal sealed class TroubleTests
{
    private const string Start = "youtube.upload.start";

    [Test]
    public async Task Uploads_used_up_wait_for_the_next_day_of_the_project()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.UploadsUsedUp);
        var tomorrow = stage.Tomorrow;

        var first = await stage.RunAsync(await stage.ItemAsync());
        var second = await stage.RunAsync(await stage.ItemAsync());

        Assert.That(
            (first.NotBefore, second.NotBefore),
            Is.EqualTo(((DateTimeOffset?)tomorrow, (DateTimeOffset?)tomorrow))
        );
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
    }

    [Test]
    public async Task Units_used_up_keep_what_has_arrived()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse("youtube.videos", ApiRefusal.QuotaExceeded);
        var item = await stage.ItemAsync();
        var tomorrow = stage.Tomorrow;

        var now = await stage.RunAsync(item);

        Assert.That(now.NotBefore, Is.EqualTo(tomorrow));
        Assert.That((await stage.PromiseAsync(item)).RemoteId, Is.Not.Null);
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_limit_of_the_channel_holds_it_for_a_day()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.ChannelLimit);
        var until = stage.Clock.GetUtcNow() + TimeSpan.FromHours(24);
        var item = await stage.ItemAsync();

        var first = await stage.RunAsync(item);
        var second = await stage.RunAsync(await stage.ItemAsync());

        Assert.That((first.NotBefore, second.NotBefore), Is.EqualTo(((DateTimeOffset?)until, (DateTimeOffset?)until)));
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
        Assert.That((await stage.AllAsync<Alert>()).Single().Rule, Is.EqualTo("UploadLimit"));
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_burst_only_backs_off()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Burst);
        var item = await stage.ItemAsync();

        var now = await stage.RunAsync(item);

        Assert.That(now.NotBefore - stage.Clock.GetUtcNow(), Is.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That((now.Waits, (await stage.AllAsync<Hold>()).Count), Is.EqualTo((1, 0)));
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_pause_that_is_asked_for_is_kept()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        stage.YouTube.Refuse(Start, new ApiRefusal(503, "backendError", "Busy."));
        wire.After = (_, response) =>
        {
            if ((int)response.StatusCode == 503)
                response.Headers.RetryAfter = new(TimeSpan.FromSeconds(700));
            return Task.CompletedTask;
        };
        var item = await stage.ItemAsync();

        var now = await stage.RunAsync(item);

        Assert.That(now.NotBefore, Is.EqualTo(stage.Clock.GetUtcNow() + TimeSpan.FromSeconds(700)));
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_login_revoked_in_mid_upload_waits_for_a_new_one_and_the_session_goes_on()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        wire.AfterFirstChunk = () =>
        {
            stage.YouTube.Revoke("owner");
            return Task.CompletedTask;
        };

        var now = await stage.RunAsync(item);
        var calls = stage.World.Calls.All.Count;
        var again = await stage.RunAsync(item);

        Assert.That(now.Reason, Does.Contain("ShortsDaemon auth youtube main"));
        Assert.That(again.NotBefore, Is.EqualTo(stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(10)));
        Assert.That(stage.World.Calls.All, Has.Count.EqualTo(calls), "nobody is asked any more");
        var alert = (await stage.AllAsync<Alert>()).Single();
        Assert.That((alert.Rule, alert.Level), Is.EqualTo(("CredentialRevoked", AlertLevel.Critical)));
        Assert.That(File.Exists(stage.TokenFile), Is.True);

        var token = await stage.LogInAsync();
        await stage.Flow.Get<NewLogin>().KeepAsync("main", token, CancellationToken.None);
        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(1));
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
    }

    [Test]
    public async Task The_third_refusal_in_a_row_stops_the_destination()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Forbidden, times: 3);
        var item = await stage.ItemAsync();

        await stage.RunAsync(item);
        await stage.RunAsync(item);
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
        await stage.RunAsync(item);

        var hold = (await stage.AllAsync<Hold>()).Single();
        Assert.That((hold.Scope, hold.Until), Is.EqualTo(("destination:inbox/YouTube", (DateTimeOffset?)null)));
        Assert.That(hold.Reason, Does.Contain("holds release destination:inbox/YouTube"));
        await stage.RunAsync(item);
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_setting_that_is_not_allowed_stops_the_destination_at_once()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, new ApiRefusal(403, "forbiddenPrivacySetting", "No."));

        var now = await stage.RunAsync(await stage.ItemAsync());

        Assert.That(now.Reason, Does.Contain("Change Privacy"));
        Assert.That((await stage.AllAsync<Hold>()).Single().Scope, Is.EqualTo("destination:inbox/YouTube"));
    }

    [Test]
    public async Task Words_that_YouTube_does_not_like_are_made_plain_once()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Metadata("invalidTitle", "Bad title."));
        var item = await stage.ItemAsync("Wow ｔｈｉｓ is [it] 🎉 100%");

        var end = await stage.SettleAsync(item);

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.YouTube.Uploads.Single().Title, Is.EqualTo("Wow ｔｈｉｓ is it 100"));
        Assert.That((await stage.PromiseAsync(item)).Title, Is.EqualTo("Wow ｔｈｉｓ is it 100"));
    }

    [Test]
    public async Task Words_that_are_refused_twice_end_the_item()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.YouTube.Refuse(Start, ApiRefusal.Metadata("invalidDescription", "Bad words."), times: 2);

        var end = await stage.RunAsync(await stage.ItemAsync());

        Assert.That(end.State, Is.EqualTo(ItemState.Failed));
        Assert.That(end.Reason, Is.EqualTo("YouTube: HTTP 400 invalidDescription Bad words."));
        Assert.That(stage.World.Calls.Of(Start), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_login_for_another_channel_uploads_nothing()
    {
        await using var stage = await YouTubeStage.OpenAsync(YouTubeStage.To("UC-other"));

        var now = await stage.RunAsync(await stage.ItemAsync());

        Assert.That(now.Reason, Does.Contain("'UC-main'").And.Contain("'UC-other'"));
        Assert.That((await stage.AllAsync<Alert>()).Single().Rule, Is.EqualTo("ChannelMismatch"));
        Assert.That(stage.World.Calls.All, Is.Empty);
    }

    [Test]
    public async Task A_network_that_is_down_is_waited_for()
    {
        var wire = new Wire { Before = (_, _) => throw new HttpRequestException("No route to host") };
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();

        for (var i = 1; i <= 5; i++)
            Assert.That((await stage.RunAsync(item)).Waits, Is.EqualTo(i));
        Assert.That((await stage.RunAsync(item)).Reason, Does.StartWith("YouTube has not worked since"));
        wire.Before = null;

        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }
}
