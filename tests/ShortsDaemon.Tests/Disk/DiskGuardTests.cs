using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Disk;

/// <summary>A disk with 500 MiB to stay free, whose room the test sets.</summary>
internal sealed class DiskGuardTests
{
    private const long MiB = 1 << 20;

    private readonly TaskCompletionSource<int> _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FakeTimeProvider _clock = null!;
    private TestFolder _folder = null!;
    private DiskGuard _guard = null!;
    private long _freeMiB;
    private long? _inodes;

    [SetUp]
    public void MakeGuard()
    {
        (_clock, _folder, _freeMiB, _inodes) = (new FakeTimeProvider(), new TestFolder(), 10_000, null);
        var live = new LiveOptions(new ShortsOptions { Health = new() { DiskMinimumMiB = 500 } });
        _guard = new DiskGuard(folder => new DiskRoom(folder, _freeMiB * MiB, 1L << 40, _inodes), live, _clock);
    }

    [TearDown]
    public void CleanUp() => _folder.Dispose();

    [TestCase(600, true)]
    [TestCase(599, false)]
    public void Work_begins_only_when_its_own_room_is_there_as_well(long free, bool begins)
    {
        _freeMiB = free;
        if (begins)
            Assert.That(() => _guard.Require("/work", 100 * MiB), Throws.Nothing);
        else
            Assert.That(
                () => _guard.Require("/work", 100 * MiB),
                Throws
                    .TypeOf<NoRoomException>()
                    .With.Message.EqualTo(
                        "only 599 MiB are free at '/work'; 100 MiB are needed and 500 MiB have to stay free (Health:DiskMinimumMiB)"
                    )
            );
    }

    [Test]
    public void Once_paused_it_goes_on_only_with_some_more_room()
    {
        foreach (
            var (free, begins) in ((long, bool)[])
                [(501, true), (499, false), (501, false), (599, false), (600, true), (501, true)]
        )
        {
            _freeMiB = free;
            Assert.That(
                () => _guard.Require("/work", 0),
                begins ? Throws.Nothing : Throws.TypeOf<NoRoomException>(),
                $"{free}"
            );
        }
    }

    [Test]
    public void Another_disk_is_another_matter()
    {
        _freeMiB = 10;
        Assert.That(() => _guard.Require("/work", 0), Throws.TypeOf<NoRoomException>());
        _freeMiB = 501;
        Assert.That(() => _guard.Require("/outbox", 0), Throws.Nothing);
    }

    [Test]
    public void A_disk_on_which_no_more_files_fit_takes_no_work()
    {
        _inodes = 999;
        Assert.That(
            () => _guard.Require("/work", 0),
            Throws.TypeOf<NoRoomException>().With.Message.Contains("999 more files fit")
        );
        _inodes = 1000;
        Assert.That(() => _guard.Require("/work", 0), Throws.Nothing);
    }

    [Test]
    public async Task Room_that_is_promised_to_others_is_not_promised_twice()
    {
        _freeMiB = 1000;
        var files = Files(1);
        var first = _guard.RunAsync(files, 400 * MiB, _ => _work.Task, default);

        Assert.That(async () => await RunAsync(200), Throws.TypeOf<NoRoomException>());
        // Half of it is written: what is on the disk already counts once.
        await WriteAsync(files, 200);
        _freeMiB -= 200;
        Assert.That(
            async () => await RunAsync(200),
            Throws.TypeOf<NoRoomException>(),
            "there is not more of it than before"
        );
        Assert.That(await RunAsync(100), Is.EqualTo(7));
        _work.SetResult(1);
        await first;
        Assert.That(await RunAsync(200), Is.EqualTo(7), "the promise ended with the work");
    }

    [Test]
    public void Running_work_is_stopped_before_the_disk_is_full()
    {
        var work = _guard.RunAsync(Files(1), MiB, EndlessAsync, default);
        _freeMiB = 101;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(work.IsCompleted, Is.False);
        _freeMiB = 99;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(
            async () => await work,
            Throws.TypeOf<NoRoomException>().With.Message.Contains("stopped, because only 99 MiB were left")
        );
    }

    [Test]
    public void A_stop_of_the_daemon_stays_a_stop()
    {
        using var stop = new CancellationTokenSource();
        var work = _guard.RunAsync(Files(1), MiB, EndlessAsync, stop.Token);
        _freeMiB = 99;
        stop.Cancel();
        Assert.That(async () => await work, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Who_was_turned_away_is_called_once_when_there_is_room_again()
    {
        Assert.That(_guard.IsRoomAgain(), Is.False, "nobody was");
        _freeMiB = 550;
        Assert.That(() => _guard.Require("/work", 100 * MiB), Throws.TypeOf<NoRoomException>());
        Assert.That(_guard.IsRoomAgain(), Is.False);
        _freeMiB = 650;
        Assert.That(_guard.IsRoomAgain(), Is.True);
        Assert.That(_guard.IsRoomAgain(), Is.False);
    }

    [Test]
    public void The_real_disk_is_read()
    {
        var room = DiskRoom.Of(Path.Combine(_folder.Root, "not", "yet", "made"));
        Assert.That(room.Problem, Is.Null);
        Assert.That(room.FreeBytes, Is.Positive.And.LessThanOrEqualTo(room.TotalBytes));
        Assert.That(room.Disk, Is.EqualTo(DiskRoom.Of(_folder.Root).Disk));
        if (OperatingSystem.IsLinux())
            Assert.That(room.FreeInodes, Is.Null.Or.Positive);
    }

    private Task<int> RunAsync(long mib) => _guard.RunAsync(Files(2), mib * MiB, _ => Task.FromResult(7), default);

    private WorkFolder Files(int item) => new(Path.Combine(_folder.Root, "work", $"{item}"));

    private static async Task WriteAsync(WorkFolder files, long mib)
    {
        files.Create();
        await using var file = File.Create(files.Source);
        file.SetLength(mib * MiB);
    }

    private static async Task<int> EndlessAsync(CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return 0;
    }
}
