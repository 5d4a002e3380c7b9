using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>What can never become a Short is refused, in words for the owner, and nothing else is opened on its behalf.</summary>
public sealed class BadInputTests
{
    private static async Task<string> RefusalOfAsync(string path)
    {
        var refusal = Assert.ThrowsAsync<RefusedMediaException>(() => Studio.MakeAsync(path));
        await Task.CompletedTask;
        return refusal!.Message;
    }

    private static string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Studio.NewFolder(), name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    [Test]
    public async Task Nothing_in_it() =>
        Assert.That(await RefusalOfAsync(Write("a.mp4", "")), Is.EqualTo("the file is empty (0 bytes)"));

    [Test]
    public async Task Text() =>
        Assert.That(
            await RefusalOfAsync(Write("a.mp4", "Dear diary,\nno video today.\n")),
            Does.StartWith("it is not a video")
        );

    [Test]
    public async Task Noise()
    {
        var noise = new byte[100_000];
        new Random(5).NextBytes(noise);
        Assert.That(await RefusalOfAsync(Write("a.mp4", noise)), Does.StartWith("it is not a video"));
    }

    [Test]
    public async Task Cut_off_before_its_index()
    {
        var whole = await File.ReadAllBytesAsync(await Recording.PlainAsync());
        Assert.That(
            await RefusalOfAsync(Write("a.mp4", whole[..(whole.Length / 2)])),
            Is.EqualTo("it is not a video, or was cut off while being written: its index (moov) is missing")
        );
    }

    [TestCase(0.5)]
    [TestCase(0.2)]
    public async Task Cut_off_in_the_middle(double share)
    {
        var source = await Recording.MakeAsync(
            "index-first.mp4",
            Recording.Of("testsrc2=s=640x360:r=30", Recording.Tone, 6) + " -movflags +faststart"
        );
        var whole = await File.ReadAllBytesAsync(source);
        Assert.That(
            await RefusalOfAsync(Write("a.mp4", whole[..(int)(whole.Length * share)])),
            Does.Match(@"^the recording breaks off: \d\.\d s of the 6\.0 s it promises could be decoded$")
        );
    }

    [Test]
    public async Task Sound_only() =>
        Assert.That(
            await RefusalOfAsync(await Recording.MakeAsync("sound.mp4", $"-f lavfi -t 1 -i {Recording.Tone} -c:a aac")),
            Is.EqualTo("there is only sound in it, no picture")
        );

    [Test]
    public async Task Sound_with_cover_art()
    {
        var cover = await Recording.MakeAsync("cover.jpg", "-f lavfi -i testsrc2=s=320x320 -frames:v 1");
        var song = await Recording.MakeAsync(
            "song.m4a",
            $"-f lavfi -t 1 -i {Recording.Tone} -i {cover} -map 0 -map 1 -c:a aac -c:v copy -disposition:v attached_pic"
        );
        Assert.That(await RefusalOfAsync(song), Is.EqualTo("there is only sound in it, no picture"));
    }

    [Test]
    public async Task One_pixel_high() =>
        Assert.That(
            await RefusalOfAsync(
                await Recording.MakeAsync(
                    "thin.mkv",
                    "-f lavfi -t 1 -i testsrc2=s=640x16,crop=640:1,format=gray -c:v ffv1"
                )
            ),
            Is.EqualTo("the picture is only 640×1 px")
        );

    [Test]
    public async Task A_picture_file()
    {
        var image = await Recording.MakeAsync("image.png", "-f lavfi -i testsrc2=s=320x320 -frames:v 1");
        Assert.That(
            await RefusalOfAsync(Write("a.mp4", await File.ReadAllBytesAsync(image))),
            Does.Contain("not a video").Or.Contain("not a recording")
        );
    }

    [Test]
    public async Task Subtitles() =>
        Assert.That(
            await RefusalOfAsync(Write("a.mp4", "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n")),
            Does.Contain("not a video").Or.Contain("not a recording")
        );

    [TestCase("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{0}\n#EXT-X-ENDLIST\n", TestName = "HLS playlist")]
    [TestCase("ffconcat version 1.0\nfile '{0}'\n", TestName = "Concat script")]
    [TestCase("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><BaseURL>{0}</BaseURL></MPD>", TestName = "DASH manifest")]
    public async Task A_list_of_other_files_is_not_followed(string list)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        // Opening a pipe that nobody writes to would block until the time limit.
        var pipe = Path.Combine(Studio.NewFolder(), "secret.ts");
        await Studio.Processes.RequireAsync(new("mkfifo", [pipe]), OutputHandlers.None, CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();

        foreach (var target in new[] { pipe, $"file:{pipe}", $"http://127.0.0.1:{port}/a.ts" })
        {
            var file = Write("a.mp4", list.Replace("{0}", target, StringComparison.Ordinal));
            Assert.That(await RefusalOfAsync(file), Does.Contain("not a video").Or.Contain("not a recording"));
        }

        Assert.That(server.Pending(), Is.False, "somebody connected");
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase("encrypted_clearkey.mp4", "it is encrypted")]
    [TestCase("truncated_fragment.mp4", "it is not a video file, or it is damaged at its start")]
    [TestCase("init_only.mp4", "there is neither picture nor sound in it")]
    [TestCase("claims_143165s.mp4", "ffmpeg cannot decode it")]
    public async Task Samples_from_the_wild(string name, string reason)
    {
        var samples = Environment.GetEnvironmentVariable("SHORTSDAEMON_SAMPLES");
        if (samples is null)
            Assert.Ignore("SHORTSDAEMON_SAMPLES does not name a folder with sample recordings");
        var path = Path.Combine(samples, "broken", name);
        if (!File.Exists(path))
            Assert.Ignore($"the samples have no broken/{name}");

        Assert.That(await RefusalOfAsync(path), Does.StartWith(reason));
    }

    [Test]
    public void Not_there() =>
        Assert.ThrowsAsync<FileNotFoundException>(() => Studio.MakeAsync(Studio.At("never-made.mp4")));

    [Test]
    public void A_folder() =>
        Assert.ThrowsAsync<UnauthorizedAccessException>(() => Studio.MakeAsync(Studio.NewFolder()));

    [Test]
    public async Task Not_readable()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Ignore("root may read every file");
        var path = Write("a.mp4", await File.ReadAllBytesAsync(await Recording.PlainAsync()));
        File.SetUnixFileMode(path, UnixFileMode.None);

        Assert.ThrowsAsync<UnauthorizedAccessException>(() => Studio.MakeAsync(path));
    }
}
