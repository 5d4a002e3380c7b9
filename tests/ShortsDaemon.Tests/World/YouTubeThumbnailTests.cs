using NUnit.Framework;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeThumbnailTests : YouTubeTestBase
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. Bytes(100)];

    [Test]
    public async Task Is_taken_once_the_video_is_processed()
    {
        var id = await Sandbox.UploadAsync();
        using var early = await SetAsync(id, Jpeg);
        Assert.That(await RefusalAsync(early), Is.EqualTo((403, "forbidden")));
        Sandbox.YouTube.FinishProcessing();
        using var late = await SetAsync(id, Jpeg);
        Assert.That((int)late.StatusCode, Is.EqualTo(200));
        Assert.That(Sandbox.YouTube.Uploads.Single().ThumbnailSha256, Is.EqualTo(Hash(Jpeg)));
    }

    [Test]
    public async Task Is_forbidden_on_a_channel_that_was_never_verified()
    {
        var id = await ProcessedAsync();
        Sandbox.YouTube.AllowThumbnails(ChannelId, allowed: false);
        using var answer = await SetAsync(id, Jpeg);
        Assert.That(await RefusalAsync(answer), Is.EqualTo((403, "forbidden")));
    }

    [Test]
    public async Task Must_be_a_picture_of_at_most_2_MiB()
    {
        var id = await ProcessedAsync();
        using var text = await SetAsync(id, "no picture"u8.ToArray());
        using var empty = await SetAsync(id, []);
        using var large = await SetAsync(id, [.. Jpeg, .. new byte[2 * 1024 * 1024]]);
        using var nowhere = await SetAsync("none", Jpeg);
        Assert.That(await RefusalAsync(text), Is.EqualTo((400, "invalidImage")));
        Assert.That(await RefusalAsync(empty), Is.EqualTo((400, "mediaBodyRequired")));
        Assert.That(await RefusalAsync(large), Is.EqualTo((413, "uploadTooLarge")));
        Assert.That(await RefusalAsync(nowhere), Is.EqualTo((404, "videoNotFound")));
        Assert.That(Sandbox.YouTube.Uploads.Single().ThumbnailSha256, Is.Null);
    }

    private async Task<string> ProcessedAsync()
    {
        var id = await Sandbox.UploadAsync();
        Sandbox.YouTube.FinishProcessing();
        return id;
    }

    private Task<HttpResponseMessage> SetAsync(string id, byte[] picture) =>
        Sandbox.SendAsync(
            HttpMethod.Post,
            $"upload/youtube/v3/thumbnails/set?videoId={id}",
            new ByteArrayContent(picture)
        );
}
