using NUnit.Framework;
using ShortsDaemon.World.Google;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeAccessTests : YouTubeTestBase
{
    private const string Mine = "youtube/v3/channels?part=id,snippet,contentDetails&mine=true";

    [Test]
    public async Task A_token_expires_by_the_worlds_clock()
    {
        await Sandbox.GetAsync(Mine);
        Sandbox.Time.Advance(TimeSpan.FromSeconds(3599));
        using var answer = await Sandbox.SendAsync(HttpMethod.Get, Mine);
        Assert.That(await RefusalAsync(answer), Is.EqualTo((401, "authError")));
    }

    [Test]
    public async Task No_token_is_another_refusal()
    {
        using var answer = await Sandbox.SendPlainAsync(HttpMethod.Get, Mine);
        Assert.That(await RefusalAsync(answer), Is.EqualTo((401, "authorizationRequired")));
    }

    [Test]
    public async Task The_upload_scope_alone_may_send_but_not_read()
    {
        Sandbox.Token = Sandbox.Google.IssueToken("main", scopes: [GoogleScopes.Upload]).AccessToken;
        await Sandbox.StartUploadAsync();
        using var answer = await Sandbox.SendAsync(HttpMethod.Get, Mine);
        Assert.That(await RefusalAsync(answer), Is.EqualTo((403, "insufficientPermissions")));
    }

    [Test]
    public async Task The_own_channel_names_its_uploads_playlist()
    {
        var channel = (await Sandbox.GetAsync(Mine))["items"]![0]!;
        Assert.That((string?)channel["id"], Is.EqualTo(ChannelId));
        Assert.That((string?)channel["snippet"]!["title"], Is.EqualTo("Main Channel"));
        Assert.That(
            (string?)channel["contentDetails"]!["relatedPlaylists"]!["uploads"],
            Is.EqualTo("UU" + ChannelId[2..])
        );
    }

    [Test]
    public async Task An_account_without_a_channel_gets_no_items_and_cannot_upload()
    {
        Sandbox.YouTube.AddAccount("empty", channelId: null);
        Sandbox.Token = Sandbox.YouTube.IssueToken("empty").AccessToken;
        Assert.That((await Sandbox.GetAsync(Mine))["items"]!.AsArray(), Is.Empty);
        Sandbox.YouTube.Rules.OmitsEmptyItems = true;
        Assert.That((await Sandbox.GetAsync(Mine))["items"], Is.Null);
        using var answer = await Sandbox.PostVideoAsync(Video());
        Assert.That(await RefusalAsync(answer), Is.EqualTo((401, "youtubeSignupRequired")));
    }
}
