using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.World;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>The real yt-dlp and the address that the fake Twitch gives as a clip's url.</summary>
internal sealed class ClipPageTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("shorts-clip-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Yt_dlp_fetches_a_clip_from_its_page()
    {
        if (!HasTool("yt-dlp") || !HasTool("ffmpeg"))
            Assert.Ignore("yt-dlp or ffmpeg is not installed");
        await using var world = await WorldServer.StartAsync(new(TimeProvider.System, _folder), CancellationToken.None);
        world.Twitch.AddBroadcaster("streamer");
        var id = world.Twitch.AddClip("streamer", "wow", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), duration: 5.5);
        var page = new Uri(world.Address, $"clips/{id}.mp4");

        await Recordings.ToolAsync(
            "yt-dlp",
            [
                .. (string[])["--ignore-config", "--no-update", "--no-playlist", "-q", "--socket-timeout", "20"],
                .. (string[])["-f", "b[height<=1080]/b", "-P", _folder, "-o", "got.%(ext)s", "--", page.ToString()],
            ]
        );

        using var http = new HttpClient();
        var sent = await http.GetByteArrayAsync(page);
        Assert.That(await File.ReadAllBytesAsync(Path.Combine(_folder, "got.mp4")), Is.EqualTo(sent));
    }

    private static bool HasTool(string name) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, name)));
}
