using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>The surroundings fail while a Short is made: each failure has its own type, and no half file stays.</summary>
public sealed class FaultsTests
{
    [TestCase("200k", TestName = "Disk full while the picture is written")]
    [TestCase("64k", TestName = "Disk full at once")]
    public async Task A_full_disk_is_told_apart_and_left_clean(string room)
    {
        var disk = Studio.NewFolder();
        var mount = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={room}", "tmpfs", disk);
        if (mount != 0)
            Assert.Ignore("a small disk cannot be mounted here: it takes root");
        try
        {
            var request = Studio.Request(await Recording.PlainAsync()) with
            {
                Video = Path.Combine(disk, "short.mp4"),
                Thumbnail = Path.Combine(disk, "thumbnail.jpg"),
            };
            Assert.ThrowsAsync<DiskFullException>(() => MakeAsync(request));
            Assert.That(Directory.GetFiles(disk), Is.Empty);
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    [Test]
    public async Task No_room_for_the_thumbnail_alone_is_a_full_disk_too()
    {
        var disk = Studio.NewFolder();
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk) != 0)
            Assert.Ignore("a small disk cannot be mounted here: it takes root");
        try
        {
            var request = Studio.Request(await Recording.PlainAsync()) with
            {
                Thumbnail = Path.Combine(disk, "thumbnail.jpg"),
            };
            Assert.ThrowsAsync<DiskFullException>(() => MakeAsync(request));
            Assert.That(File.Exists(request.Video), Is.False);
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    [Test]
    public async Task A_missing_folder_for_the_output_is_a_failure_and_not_the_recordings_fault()
    {
        var request = Studio.Request(await Recording.PlainAsync()) with { Video = Studio.At("no/such/folder/a.mp4") };

        var failure = Assert.ThrowsAsync<ProcessFailedException>(() => MakeAsync(request));

        Assert.That(failure!.Message, Does.Contain("No such file or directory"));
    }

    [Test]
    public async Task Deleted_between_probing_and_encoding()
    {
        var copy = Path.Combine(Studio.NewFolder(), "gone.mp4");
        File.Copy(await Recording.PlainAsync(), copy);
        // The encoder is asked for after the probe and the measurement of the sound.
        using var encoders = new EncoderSelection(
            Studio.Processes,
            [new QuickX264()],
            () =>
            {
                File.Delete(copy);
                return new("ffmpeg", []);
            },
            Studio.At($"{Guid.NewGuid():N}.json"),
            TimeProvider.System
        );
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());

        Assert.ThrowsAsync<FileNotFoundException>(() =>
            maker.MakeAsync(Studio.Request(copy), null, CancellationToken.None)
        );
    }

    [Test]
    public async Task Cancelled_in_the_middle_it_stops_at_once_and_leaves_nothing()
    {
        var source = await Recording.MakeAsync("long.mp4", Recording.Of("testsrc2=s=320x180:r=30", Recording.Tone, 20));
        var request = Studio.Request(source);
        var mark = $"cancel-{Guid.NewGuid():N}";
        var marked = new ProcessRunner(TimeProvider.System, mark);
        using var cancel = new CancellationTokenSource();
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var making = MakeAsync(request, marked, p => _ = p.Percent > 0 && underWay.TrySetResult(), cancel.Token);
        Assert.That(await Task.WhenAny(making, underWay.Task), Is.SameAs(underWay.Task));

        var asked = TimeProvider.System.GetTimestamp();
        await cancel.CancelAsync();

        Assert.That(async () => await making, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(TimeProvider.System.GetElapsedTime(asked), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(File.Exists(request.Video) || File.Exists(request.Thumbnail), Is.False);
        Assert.That(ProcessesWith(mark), Is.Empty);
    }

    [Test]
    public async Task An_encode_over_its_time_limit_ends()
    {
        var source = await Recording.MakeAsync("long.mp4", Recording.Of("testsrc2=s=320x180:r=30", Recording.Tone, 20));
        var request = Studio.Request(source) with { TimeLimit = TimeSpan.FromSeconds(1) };

        var failure = Assert.ThrowsAsync<ProcessTimeoutException>(() => MakeAsync(request));

        Assert.That(failure!.Message, Does.StartWith("ffmpeg ran longer than its limit of 1 s"));
        Assert.That(File.Exists(request.Video), Is.False);
    }

    private static List<string> ProcessesWith(string mark) =>
        OperatingSystem.IsLinux()
            ?
            [
                .. Directory
                    .GetDirectories("/proc")
                    .Where(folder => EnvironmentOf(folder).Contains(mark, StringComparison.Ordinal)),
            ]
            : [];

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // no process, gone meanwhile, or somebody else's
        }
    }

    private static Task<MadeShort> MakeAsync(ShortRequest request) =>
        MakeAsync(request, Studio.Processes, null, CancellationToken.None);

    private static async Task<MadeShort> MakeAsync(
        ShortRequest request,
        ProcessRunner processes,
        Action<EncodeProgress>? progress,
        CancellationToken cancel
    )
    {
        using var encoders = Studio.Encoders();
        var probe = new MediaProbe(processes, () => new ToolPaths());
        return await new ShortMaker(processes, probe, encoders, () => new ToolPaths()).MakeAsync(
            request,
            progress,
            cancel
        );
    }

    private static async Task<int> RunAsync(string program, params string[] arguments) =>
        ToolPath.Find(program) is null
            ? 127
            : (await Studio.Processes.RunAsync(new(program, arguments), OutputHandlers.None, default)).ExitCode;
}
