using System.Net.Http.Json;
using System.Text;
using NUnit.Framework;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.YouTube;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeCaptionTests : YouTubeTestBase
{
    private const string Path = "upload/youtube/v3/captions?uploadType=multipart&part=snippet";
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,000\nGrüße\n\n";

    [SetUp]
    public void AllowEverything() =>
        Sandbox.Token = Sandbox.Google.IssueToken("main", scopes: [GoogleScopes.ForceSsl]).AccessToken;

    [Test]
    public async Task Are_kept_and_listed_once()
    {
        var id = await Sandbox.UploadAsync();
        using var first = await AddAsync(id, "de", Srt);
        using var second = await AddAsync(id, "DE", Srt);
        using var other = await AddAsync(id, "en", Srt);

        Assert.That((string?)(await JsonAsync(first))["snippet"]!["status"], Is.EqualTo("serving"));
        Assert.That(await RefusalAsync(second), Is.EqualTo((409, "captionExists")));
        Assert.That((int)other.StatusCode, Is.EqualTo(200));
        var kept = Sandbox.YouTube.Uploads.Single().Captions;
        Assert.That(kept.Select(c => (c.Language, c.Text)), Is.EqualTo(new[] { ("de", Srt), ("en", Srt) }));
        var items = (await Sandbox.GetAsync($"youtube/v3/captions?part=snippet&videoId={id}"))["items"]!.AsArray();
        Assert.That(items.Select(i => (string?)i!["snippet"]!["language"]), Is.EqualTo(new[] { "de", "en" }));
    }

    [Test]
    public async Task Cost_400_units_a_look_50_and_a_refusal_1()
    {
        var id = await Sandbox.UploadAsync();
        using var first = await AddAsync(id, "de", Srt);
        Assert.That(Sandbox.YouTube.Quota().Units, Is.EqualTo(400));
        using var second = await AddAsync(id, "de", Srt);
        Assert.That(Sandbox.YouTube.Quota().Units, Is.EqualTo(401));
        await Sandbox.GetAsync($"youtube/v3/captions?part=snippet&videoId={id}");
        Assert.That(Sandbox.YouTube.Quota().Units, Is.EqualTo(451));
        Sandbox.YouTube.SetQuota(new QuotaLimits(UnitsPerDay: 850));
        using var third = await AddAsync(id, "en", Srt);
        Assert.That(await RefusalAsync(third), Is.EqualTo((403, "quotaExceeded")));
    }

    [Test]
    public async Task Need_a_scope_of_their_own()
    {
        var id = await Sandbox.UploadAsync();
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        using var add = await AddAsync(id, "de", Srt);
        using var look = await Sandbox.SendAsync(HttpMethod.Get, $"youtube/v3/captions?part=snippet&videoId={id}");
        Assert.That(await RefusalAsync(add), Is.EqualTo((403, "insufficientPermissions")));
        Assert.That(await RefusalAsync(look), Is.EqualTo((403, "insufficientPermissions")));
    }

    [Test]
    public async Task Must_be_whole_and_for_an_own_video()
    {
        var id = await Sandbox.UploadAsync();
        using var nowhere = await AddAsync("none", "de", Srt);
        using var empty = await AddAsync(id, "de", "");
        using var nameless = await AddAsync(id, "", Srt);
        using var plain = await Sandbox.SendAsync(HttpMethod.Post, Path, new StringContent(Srt));
        using var timeless = await AddAsync(id, "de", "words");
        Assert.That(await RefusalAsync(nowhere), Is.EqualTo((404, "videoNotFound")));
        Assert.That(await RefusalAsync(empty), Is.EqualTo((400, "contentRequired")));
        Assert.That(await RefusalAsync(nameless), Is.EqualTo((400, "invalidMetadata")));
        Assert.That(await RefusalAsync(plain), Is.EqualTo((400, "badContent")));
        Assert.That((string?)(await JsonAsync(timeless))["snippet"]!["status"], Is.EqualTo("failed"));
        Sandbox.YouTube.AddAccount("other", "UCother00000000000000000");
        Sandbox.Token = Sandbox.Google.IssueToken("other", scopes: [GoogleScopes.ForceSsl]).AccessToken;
        using var stranger = await AddAsync(id, "en", Srt);
        Assert.That(await RefusalAsync(stranger), Is.EqualTo((403, "forbidden")));
    }

    private Task<HttpResponseMessage> AddAsync(string video, string language, string srt) =>
        Sandbox.SendAsync(
            HttpMethod.Post,
            Path,
            new MultipartContent("related")
            {
                JsonContent.Create(
                    new
                    {
                        snippet = new
                        {
                            videoId = video,
                            language,
                            name = "",
                        },
                    }
                ),
                new ByteArrayContent(Encoding.UTF8.GetBytes(srt)),
            }
        );
}
