using NUnit.Framework;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Publish.YouTube;

internal sealed class TokenTests
{
    private const string Asked = "google.token";

    [Test]
    public async Task Five_who_need_a_token_at_once_ask_for_one()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Google.ExpireAccessTokens("owner");
        stage.Clock.Advance(TimeSpan.FromHours(2));
        var accounts = stage.Flow.Get<YouTubeAccounts>();

        var channels = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(async _ =>
                {
                    var account = await accounts.OpenAsync("main", CancellationToken.None);
                    return await account.ChannelAsync(CancellationToken.None);
                })
        );

        Assert.That(channels.Select(c => c?.Id), Is.All.EqualTo(YouTubeStage.Channel));
        Assert.That(stage.World.Calls.Of(Asked), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_token_that_dies_before_its_time_is_renewed_in_mid_upload()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        wire.AfterFirstChunk = () =>
        {
            stage.World.Google.ExpireAccessTokens("owner");
            return Task.CompletedTask;
        };

        var end = await stage.SettleAsync(await stage.ItemAsync());

        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        Assert.That(stage.World.Calls.Of(Asked), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refresh_token_that_is_replaced_is_kept()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Google.RotatesRefreshTokens = true;
        var before = await ReadAsync(stage);

        for (var i = 0; i < 3; i++)
        {
            stage.Clock.Advance(TimeSpan.FromHours(2));
            Assert.That((await stage.SettleAsync(await stage.ItemAsync())).State, Is.EqualTo(ItemState.Published));
            stage.Flow.Restart();
        }

        var after = await ReadAsync(stage);
        Assert.That(after.RefreshToken, Is.Not.EqualTo(before.RefreshToken));
        Assert.That(after.IssuedAt, Is.GreaterThan(before.IssuedAt));
        Assert.That((after.ChannelId, after.ClientId), Is.EqualTo((before.ChannelId, before.ClientId)));
        if (!OperatingSystem.IsWindows())
            Assert.That(
                File.GetUnixFileMode(stage.TokenFile),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
            );
    }

    [Test]
    public async Task A_new_process_uses_the_access_token_that_is_still_good()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.Flow.Restart();

        await stage.SettleAsync(await stage.ItemAsync());

        Assert.That(stage.World.Calls.Of(Asked), Is.Empty);
    }

    [Test]
    public async Task A_token_address_that_answers_nothing_is_waited_for()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromHours(2));
        stage.World.Google.FailTokenRequests(1);
        var before = await ReadAsync(stage);
        var item = await stage.ItemAsync();

        var now = await stage.RunAsync(item);

        Assert.That((now.State, now.Waits), Is.EqualTo((ItemState.Publish, 1)), now.Reason);
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
        Assert.That((await ReadAsync(stage)).RefreshToken, Is.EqualTo(before.RefreshToken));
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_client_that_Google_does_not_know_loses_no_login()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var secret = stage.Flow.Live.Value.YouTube.ClientSecretFile;
        var text = await File.ReadAllTextAsync(secret);
        await SecretFile.WriteAsync(secret, text.Replace("secret-of-", "wrong-"), CancellationToken.None);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        var item = await stage.ItemAsync();

        var now = await stage.RunAsync(item);

        Assert.That(now.Reason, Does.Contain("YouTube:ClientSecretFile"));
        Assert.That(File.Exists(stage.TokenFile), Is.True);
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
        await SecretFile.WriteAsync(secret, text, CancellationToken.None);
        Assert.That((await stage.SettleAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task A_login_that_is_replaced_meanwhile_is_not_overwritten()
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        YouTubeToken? second = null;
        wire.After = async (request, _) =>
        {
            if (request.RequestUri!.AbsolutePath == "/google/token")
                second ??= await stage.LogInAsync();
        };

        await stage.SettleAsync(await stage.ItemAsync());

        Assert.That((await ReadAsync(stage)).RefreshToken, Is.EqualTo(second!.RefreshToken));
    }

    [Test]
    public async Task A_login_that_others_can_read_is_not_used()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        if (OperatingSystem.IsWindows())
            Assert.Pass("no modes there");
        File.SetUnixFileMode(stage.TokenFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var now = await stage.RunAsync(await stage.ItemAsync());

        Assert.That(now.Reason, Does.Contain("chmod 600"));
        Assert.That(stage.World.Calls.All, Is.Empty);
    }

    private static Task<YouTubeToken> ReadAsync(YouTubeStage stage) =>
        YouTubeToken.ReadAsync(stage.TokenFile, "main", CancellationToken.None);
}
