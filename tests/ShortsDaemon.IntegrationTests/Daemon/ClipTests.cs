using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>`clip`: one Short from one file, now.</summary>
public sealed class ClipTests : DaemonTests
{
    private string Out => Path.Combine(Box.Outbox, "out.mp4");

    [Test]
    public async Task It_makes_a_Short_and_a_thumbnail_and_overwrites_only_when_told()
    {
        var source = await Box.DropAsync("good.mp4", 1);
        await using (var clip = Box.Start("clip", source, "-o", Out, "--layout", "CentreCrop"))
            Assert.That(await clip.EndAsync(60), Is.Zero, clip.Log);
        Assert.That(
            Directory.GetFiles(Box.Outbox).Select(FileOf),
            Is.EquivalentTo(["out.mp4", "out.jpg", "out.wide.jpg"])
        );
        var made = File.GetLastWriteTimeUtc(Out);

        await using var again = Box.Start("clip", source, "-o", Out);

        Assert.That(await again.EndAsync(), Is.EqualTo(2), again.Log);
        Assert.That(File.GetLastWriteTimeUtc(Out), Is.EqualTo(made));
        Assert.That(Box.DatabaseFile, Does.Not.Exist);
    }

    [Test]
    public async Task A_transcript_beside_it_becomes_captions_and_the_zones_can_be_drawn()
    {
        var source = await Box.DropAsync("good.mp4", 1);
        const string Srt = "1\n00:00:00,500 --> 00:00:02,500\nhello world\n";
        await File.WriteAllTextAsync(Path.ChangeExtension(source, ".srt"), Srt);
        Box.UseTools(Box.Script("ffmpeg", $"echo \"$PWD $*\" >>'{Box.Root}/calls'; exec ffmpeg \"$@\""));
        await using var clip = Box.Start("clip", source, "-o", Out, "--overlay");

        Assert.That(await clip.EndAsync(60), Is.Zero, clip.Log);

        Assert.That(
            Directory.GetFiles(Box.Outbox).Select(FileOf),
            Is.EquivalentTo(["out.mp4", "out.jpg", "out.wide.jpg"])
        );
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Box.Root, "calls")), Does.Contain("ass=overlay.ass"));
    }

    [Test]
    public async Task It_is_made_as_a_channel_would()
    {
        var source = await Box.DropAsync("good.mp4", 1);
        Box.UseTools(Box.Script("ffmpeg", $"echo \"$PWD $*\" >>'{Box.Root}/calls'; exec ffmpeg \"$@\""));
        string[] look =
        [
            "Channels:inbox:Render:Layout=CentreCrop",
            "Channels:inbox:Render:Hook=He did what?",
            "Channels:inbox:Render:Music=/nowhere/tune.mp3",
        ];
        await using var clip = Box.Start(["clip", source, "-o", Out, "--channel", "inbox", .. look]);

        Assert.That(await clip.EndAsync(60), Is.Zero, clip.Log);

        Assert.That(await File.ReadAllTextAsync(Path.Combine(Box.Root, "calls")), Does.Contain("ass=overlay.ass"));
        Assert.That(clip.Log, Does.Contain("layout CentreCrop").And.Contain("no music: '/nowhere/tune.mp3'"));
        await using var nobody = Box.Start("clip", source, "-o", Out, "--force", "--channel", "nobody");
        Assert.That(await nobody.EndAsync(), Is.EqualTo(2), nobody.Log);
        Assert.That(nobody.Log, Does.Contain("There is no channel 'nobody'; there is inbox"));
    }

    [Test]
    public async Task A_thumbnail_that_is_there_is_overwritten_only_when_told()
    {
        var thumbnail = Path.ChangeExtension(Out, ".jpg");
        await File.WriteAllTextAsync(thumbnail, "a photo");
        await using var clip = Box.Start("clip", await Box.DropAsync("good.mp4", 1), "-o", Out);

        Assert.That(await clip.EndAsync(), Is.EqualTo(2), clip.Log);
        Assert.That(clip.Log, Does.Contain("out.jpg' exists"));
        Assert.That(await File.ReadAllTextAsync(thumbnail), Is.EqualTo("a photo"));
    }

    [TestCase("out.jpg", "does not end in .mp4")]
    [TestCase("../inbox/good.mp4", "is the recording itself")]
    public async Task An_output_that_cannot_be_is_2(string name, string reason)
    {
        var source = await Box.DropAsync("good.mp4", 1);
        await using var clip = Box.Start("clip", source, "--force", "-o", Path.Combine(Box.Outbox, name));

        Assert.That(await clip.EndAsync(), Is.EqualTo(2), clip.Log);
        Assert.That(clip.Log, Does.Contain(reason));
        Assert.That(Directory.GetFiles(Box.Outbox), Is.Empty);
    }

    [TestCase(2)]
    [TestCase(181)]
    public async Task A_length_that_no_Short_has_is_refused_before_encoding(int seconds)
    {
        var source = Path.Combine(Box.Root, "length.mp4");
        string[] picture = ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=5", "-t", $"{seconds}", "-c:v", "libx264"];
        await Recordings.ToolAsync("ffmpeg", [.. picture, "-preset", "ultrafast", source]);
        await using var clip = Box.Start("clip", source, "-o", Out);

        Assert.That(await clip.EndAsync(), Is.EqualTo(3), clip.Log);
        Assert.That(clip.Log, Does.Contain($"it is {seconds}.0 s long; a Short lasts 3 to 180 s"));
        Assert.That(Directory.GetFiles(Box.Outbox), Is.Empty);
    }

    [Test]
    public async Task The_time_limit_of_the_configuration_counts()
    {
        Box.Config["Encoding"] = new JsonObject { ["StallSeconds"] = 5 };
        Box.UseTools(
            Box.Script("ffmpeg", "case \"$*\" in *-progress*out.mp4*) exec sleep 60;; *) exec ffmpeg \"$@\";; esac")
        );
        await using var clip = Box.Start("clip", await Box.DropAsync("good.mp4", 1), "-o", Out);

        Assert.That(await clip.EndAsync(40), Is.EqualTo(1), clip.Log);
        Assert.That(Directory.GetFiles(Box.Outbox), Is.Empty);
    }

    [Test]
    public async Task What_can_be_no_Short_is_refused_with_3([Values("text", "missing", "one frame")] string kind)
    {
        var source = Path.Combine(Box.Root, "refused.mp4");
        if (kind == "text")
            await File.WriteAllTextAsync(source, "no video");
        if (kind == "one frame")
            await File.WriteAllBytesAsync(source, await Recordings.OneFrameAsync());
        await using var clip = Box.Start("clip", source, "-o", Out);

        Assert.That(await clip.EndAsync(), Is.EqualTo(3), clip.Log);
        Assert.That(Directory.GetFiles(Box.Outbox), Is.Empty);
    }

    [TestCase(Signals.Interrupt)]
    [TestCase(Signals.Terminate)]
    public async Task Interrupted_it_leaves_nothing_behind(int signal)
    {
        var source = Path.Combine(Box.Root, "long.mp4");
        await File.WriteAllBytesAsync(source, await Recordings.LongAsync(1));
        await using var clip = Box.Start("clip", source, "-o", Out);
        var partial = Path.Combine(Box.Outbox, "part-out.mp4");
        await Poll.UntilAsync(() => File.Exists(partial), "an encode", 30, () => clip.Log);

        Assert.That(await clip.StopAsync(signal), Is.EqualTo(1), clip.Log);

        Assert.That(Directory.GetFiles(Box.Outbox), Is.Empty);
        Assert.That(MarkedProcesses.Find(ProcessRunner.OwnerVariable, $"command {clip.Id}"), Is.Empty);
    }

    [Test]
    public async Task A_daemon_that_starts_meanwhile_leaves_it_alone()
    {
        var source = Path.Combine(Box.Root, "long.mp4");
        await File.WriteAllBytesAsync(source, await Recordings.LongAsync(1));
        await using var clip = Box.Start("clip", source, "-o", Out);
        var partial = Path.Combine(Box.Outbox, "part-out.mp4");
        await Poll.UntilAsync(() => File.Exists(partial), "an encode", 30, () => clip.Log);

        var daemon = await Box.StartedAsync();
        await daemon.SaysAsync("Shorts are encoded by");

        Assert.That(await clip.EndAsync(60), Is.Zero, clip.Log);
        Assert.That(daemon.Log, Does.Not.Contain("left running"));
    }
}
