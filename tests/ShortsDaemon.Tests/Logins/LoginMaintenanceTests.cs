using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Host.Logins;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Publish.YouTube;
using ShortsDaemon.Tests.Sources.Twitch;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.Logins;

/// <summary>The daily look at every login, against the fake YouTube and Twitch.</summary>
internal sealed class LoginMaintenanceTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Test]
    public async Task A_good_login_is_told_with_its_age()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromDays(2));
        Assert.That(
            await LookAsync(stage),
            Is.EqualTo("YouTube/main uploads to 'Main channel' (UC-main), login of 2.0 days.")
        );
        Assert.That(await stage.AllAsync<Alert>(), Is.Empty);
    }

    [Test]
    public async Task One_that_ends_within_7_days_is_told_until_it_is_renewed()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        await EndsInAsync(stage, TimeSpan.FromDays(7.5));
        await LookAsync(stage);
        Assert.That(await stage.AllAsync<Alert>(), Is.Empty);
        await EndsInAsync(stage, TimeSpan.FromDays(6.5));

        await LookAsync(stage);

        var alert = (await stage.AllAsync<Alert>()).Single();
        Assert.That(
            (alert.Rule, alert.Subject, alert.ResolvedAt),
            Is.EqualTo(("TokenExpiring", "YouTube/main", (DateTimeOffset?)null))
        );
        Assert.That(alert.Message, Does.Contain("6.5 days").And.Contain("auth youtube main"));
        await stage.LogInAsync();
        await LookAsync(stage);
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task A_file_that_others_can_read_is_told_until_its_mode_is_mended()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        File.SetUnixFileMode(stage.TokenFile, Owner | UnixFileMode.GroupRead);
        await LookAsync(stage);
        var alert = (await stage.AllAsync<Alert>()).Single();
        Assert.That((alert.Rule, alert.ResolvedAt), Is.EqualTo(("CredentialUnusable", (DateTimeOffset?)null)));
        Assert.That(alert.Message, Does.Contain("chmod 600"));

        File.SetUnixFileMode(stage.TokenFile, Owner);
        await LookAsync(stage);
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task One_without_the_right_to_send_subtitles_is_told_as_long_as_they_are_wanted()
    {
        await using var stage = await YouTubeStage.OpenAsync(Subtitled(true));
        await LookAsync(stage);
        var alert = (await stage.AllAsync<Alert>()).Single();
        Assert.That((alert.Rule, alert.ResolvedAt), Is.EqualTo(("ScopeMissing", (DateTimeOffset?)null)));
        Assert.That(alert.Message, Does.Contain("auth youtube main"));

        stage.Configure(Subtitled(false), new());
        await LookAsync(stage);
        Assert.That((await stage.AllAsync<Alert>()).Single().ResolvedAt, Is.Not.Null);

        static YouTubeDestinationOptions Subtitled(bool isWanted) =>
            new()
            {
                Type = "YouTube",
                Credentials = "main",
                Subtitles = isWanted,
            };
    }

    [Test]
    public async Task A_revoked_one_and_one_of_another_channel_are_told_apart()
    {
        await using var revoked = await YouTubeStage.OpenAsync();
        revoked.YouTube.Revoke("owner");
        await LookAsync(revoked);
        await using var other = await YouTubeStage.OpenAsync(YouTubeStage.To("UC-other"));
        await LookAsync(other);
        Assert.That(
            (await revoked.AllAsync<Alert>()).Concat(await other.AllAsync<Alert>()).Select(a => a.Rule),
            Is.EqualTo((string[])["CredentialRevoked", "ChannelMismatch"])
        );
    }

    [Test]
    public async Task A_login_at_Twitch_ends_when_nobody_renews_it_for_30_days()
    {
        using var stub = new StubTwitch();
        await using var bench = TwitchBench.Over(stub);
        await bench.LogInAsync("main", "boss", new UserTokens("access", "refresh"));
        bench.Clock.Advance(TimeSpan.FromDays(25));
        var whose = "77";
        stub.Answer = _ =>
            StubTwitch.Json(
                new
                {
                    client_id = "id1",
                    login = "boss",
                    user_id = whose,
                    expires_in = 1000,
                }
            );

        var found = await bench.Get<TwitchLogins>().LookAsync("main", default);

        Assert.That(
            (found.Subject, found.Standing, found.EndsAt - bench.Now),
            Is.EqualTo(("Twitch/main", LoginStanding.Good, TimeSpan.FromDays(5)))
        );
        whose = "78";
        Assert.That(
            (await bench.Get<TwitchLogins>().LookAsync("main", default)).Standing,
            Is.EqualTo(LoginStanding.WrongAccount)
        );
        File.Delete(bench.FileOf("main"));
        Assert.That(
            (await bench.Get<TwitchLogins>().LookAsync("main", default)).Standing,
            Is.EqualTo(LoginStanding.Unusable)
        );
    }

    private static Task<string> LookAsync(YouTubeStage stage) =>
        stage.Flow.Get<MaintenanceCatalog>().Find("logins")!.RunAsync(default);

    private static async Task EndsInAsync(YouTubeStage stage, TimeSpan time)
    {
        var token = await YouTubeToken.ReadAsync(stage.TokenFile, "main", default);
        await (token with { ExpiresAt = stage.Clock.GetUtcNow() + time }).WriteAsync(stage.TokenFile, default);
    }
}
