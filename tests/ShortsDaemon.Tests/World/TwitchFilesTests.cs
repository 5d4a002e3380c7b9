using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.World;

internal sealed class TwitchFilesTests : TwitchTestBase
{
    private string _broadcaster = "";

    [SetUp]
    public void Meet() => _broadcaster = Twitch.AddBroadcaster("streamer");

    [Test]
    public async Task The_owner_gets_urls_that_work_for_a_minute()
    {
        var clip = AddFile(100);
        var token = Twitch.GrantUserToken("streamer", "editor:manage:clips");

        var item = (await DownloadsAsync(token, _broadcaster, clip)).Data.Single();
        var url = item.GetProperty("landscape_download_url").GetString()!;
        var young = await GetAsync(url);
        Clock.Advance(TimeSpan.FromSeconds(60));
        var old = await GetAsync(url);
        var forged = await GetAsync(url.Replace(clip, AddFile(100), StringComparison.Ordinal));

        Assert.That(item.GetProperty("clip_id").GetString(), Is.EqualTo(clip));
        Assert.That(
            item.GetProperty("portrait_download_url").ValueKind,
            Is.EqualTo(System.Text.Json.JsonValueKind.Null)
        );
        Assert.That((young.Status, old.Status, forged.Status), Is.EqualTo((200, 403, 403)));
    }

    [Test]
    public async Task A_download_needs_a_scope_the_users_own_id_an_editor_and_good_ids()
    {
        var clip = AddFile(100);
        var fan = Twitch.AddBroadcaster("fan");
        var owner = Twitch.GrantUserToken("streamer", "channel:manage:clips");
        var stranger = Twitch.GrantUserToken("fan", "editor:manage:clips");

        int[] statuses =
        [
            (await DownloadsAsync(Twitch.GrantUserToken("streamer", "chat:read"), _broadcaster, clip)).Status,
            (await DownloadsAsync(owner, fan, clip)).Status,
            (await DownloadsAsync(stranger, fan, clip)).Status,
            (await DownloadsAsync(owner, _broadcaster, "Nothing-x")).Status,
            (await DownloadsAsync(owner, _broadcaster, [.. Enumerable.Repeat(clip, 11)])).Status,
        ];
        Twitch.AddEditor("streamer", "fan");
        var editor = await DownloadsAsync(stranger, fan, clip);

        Assert.That(statuses, Is.EqualTo(new[] { 401, 401, 403, 400, 400 }));
        Assert.That(editor.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Downloads_have_a_limit_of_their_own_while_points_remain()
    {
        Twitch.Switches.DownloadsPerMinute = 2;
        var clip = AddFile(100);
        var token = Twitch.GrantUserToken("streamer", "editor:manage:clips");

        await DownloadsAsync(token, _broadcaster, clip);
        await DownloadsAsync(token, _broadcaster, clip);
        var third = await DownloadsAsync(token, _broadcaster, clip);

        Assert.That(third.Status, Is.EqualTo(429));
        Assert.That(third.Header("Ratelimit-Remaining"), Is.EqualTo(797));
    }

    [Test]
    public async Task A_clip_without_a_download_has_null_urls()
    {
        var clip = Twitch.AddClip("streamer", new NewClip("a", Now) { Downloadable = false });
        var token = Twitch.GrantUserToken("streamer", "editor:manage:clips");

        var item = (await DownloadsAsync(token, _broadcaster, clip)).Data.Single();

        Assert.That(
            item.GetProperty("landscape_download_url").ValueKind,
            Is.EqualTo(System.Text.Json.JsonValueKind.Null)
        );
    }

    [TestCase(false, 206, 40)]
    [TestCase(true, 200, 100)]
    public async Task A_range_is_served_unless_the_server_knows_none(bool noRange, int status, int bytes)
    {
        Twitch.Switches.NoRange = noRange;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"clips/{AddFile(100)}.mp4");
        request.Headers.Range = new RangeHeaderValue(60, null);

        using var answer = await Http.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Has.Length.EqualTo(bytes));
    }

    [Test]
    public async Task A_range_behind_the_end_is_416_and_a_deleted_clip_404()
    {
        var clip = AddFile(100);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"clips/{clip}.mp4");
        request.Headers.Range = new RangeHeaderValue(100, null);

        using var behind = await Http.SendAsync(request);
        Twitch.DeleteClip(clip);
        var gone = await GetAsync($"clips/{clip}.mp4");

        Assert.That(((int)behind.StatusCode, gone.Status), Is.EqualTo((416, 404)));
    }

    [Test]
    public async Task A_giant_says_its_size_and_streams()
    {
        using var answer = await Http.GetAsync(
            $"clips/{AddFile(5L << 30)}.mp4",
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var body = await answer.Content.ReadAsStreamAsync();
        var begin = new byte[1 << 20];
        await body.ReadExactlyAsync(begin);

        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(5L << 30));
        Assert.That(begin, Is.All.Zero);
    }

    [Test]
    public async Task Clips_are_real_moving_pictures_with_sound_and_no_two_alike()
    {
        var one = Twitch.AddClip("streamer", "one", Now, duration: 6.5);
        var two = Twitch.AddClip("streamer", "two", Now, duration: 6.5);
        var token = $"Bearer {await AppTokenAsync()}";
        var url = (await GetAsync($"helix/clips?id={one}", token)).Data.Single().GetProperty("url").GetString();

        var files = await Task.WhenAll(new[] { url, $"clips/{two}.mp4", url }.Select(Http.GetByteArrayAsync));

        Assert.That(SHA256.HashData(files[0]), Is.EqualTo(SHA256.HashData(files[2])), "made once");
        Assert.That(SHA256.HashData(files[0]), Is.Not.EqualTo(SHA256.HashData(files[1])));
        var file = Path.Combine(World.Options.MediaDirectory, "probe.mp4");
        await File.WriteAllBytesAsync(file, files[0]);
        var probe = new MediaProbe(new ProcessRunner(TimeProvider.System, "test"), () => new ToolPaths());
        var info = await probe.ProbeAsync(file, CancellationToken.None);
        Assert.That((info.Picture!.Width, info.Picture.Height), Is.EqualTo((1280, 720)));
        Assert.That(info.Duration.TotalSeconds, Is.EqualTo(6.5).Within(0.1));
        Assert.That(info.Sound, Is.Not.Null);
    }

    private string AddFile(long bytes) => Twitch.AddClip("streamer", new NewClip("a", Now) { SizeBytes = bytes });

    private Task<Answer> DownloadsAsync(UserTokens token, string editor, params IReadOnlyList<string> clips) =>
        GetAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"helix/clips/downloads?editor_id={editor}&broadcaster_id={_broadcaster}&clip_id={string.Join("&clip_id=", clips)}"
            ),
            $"Bearer {token.Access}"
        );
}
