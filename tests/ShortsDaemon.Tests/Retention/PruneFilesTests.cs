using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Retention;

namespace ShortsDaemon.Tests.Retention;

/// <summary>Logs, service output and work folders, among files of other people.</summary>
internal sealed class PruneFilesTests
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(30);

    private KeepWorld _keep = null!;

    private DataFolder Data => _keep.World.Data;

    [SetUp]
    public void MakeWorld() => _keep = new KeepWorld();

    [TearDown]
    public void CleanUp() => _keep.Dispose();

    [Test]
    public async Task Of_our_logs_the_newest_stay_and_nothing_else_in_the_folder_is_touched()
    {
        for (var day = 1; day <= 20; day++)
            File_(Data.Logs, $"shorts-202601{day:00}.log", TimeSpan.FromDays(40 - day));
        var part = File_(Data.Logs, "shorts-20260101_001.log", TimeSpan.FromDays(39.5));
        var others = new[]
        {
            File_(Data.Logs, "shorts-mine.log", Long),
            File_(Data.Logs, "shorts-20260101.log.gz", Long),
            File_(Data.Logs, "nginx.log", TimeSpan.FromDays(900)),
            File_(Path.Combine(Data.Logs, "old"), "shorts-20200101.log", TimeSpan.FromDays(900)),
        };
        var link = Path.Combine(Data.Logs, "shorts-20190101.log");
        File.CreateSymbolicLink(link, others[2]);

        var removed = (await _keep.PruneAsync()).Removed;

        Assert.That(removed.Select(r => r.Kind), Is.All.EqualTo("log"));
        Assert.That(removed, Has.Count.EqualTo(21 - 14));
        Assert.That(part, Does.Not.Exist);
        Assert.That(Path.Combine(Data.Logs, "shorts-20260106.log"), Does.Not.Exist);
        Assert.That(Path.Combine(Data.Logs, "shorts-20260107.log"), Does.Exist);
        Assert.That(others.Append(link), Is.All.Exist);
    }

    [Test]
    public async Task A_log_that_was_written_lately_stays_however_many_there_are()
    {
        for (var i = 0; i < 20; i++)
            File_(Data.Logs, $"shorts-20260101_{i:000}.log", Lately);
        Assert.That((await _keep.PruneAsync()).Removed, Is.Empty);
    }

    [Test]
    public async Task Long_service_output_is_cut_to_its_last_lines_and_its_writer_goes_on()
    {
        var (path, small) = (Path.Combine(Data.Root, "out.txt"), File_(Data.Root, "small.txt", Long));
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, 400_000).Select(i => $"line {i}"));
        var target = File_(Data.Root, "linked.txt", Long);
        await File.WriteAllTextAsync(target, new string('x', 3 << 20));
        var link = Path.Combine(Data.Root, "link.txt");
        File.CreateSymbolicLink(link, target);
        _keep.World.Edit(
            new RetentionOptions { ServiceOutput = [path, small, link, "/nowhere/x"], ServiceOutputMiB = 2 }
        );

        var removed = (await _keep.PruneAsync()).Removed;

        Assert.That(removed.Select(r => r.What), Is.EqualTo(new[] { path }));
        var lines = await File.ReadAllLinesAsync(path);
        Assert.That(new FileInfo(path).Length, Is.InRange((1 << 20) - 20, 1 << 20));
        Assert.That(lines[^1], Is.EqualTo("line 399999"));
        Assert.That(lines[0], Does.Match("^line [0-9]+$"), "from a whole line on");
        Assert.That(new FileInfo(target).Length, Is.EqualTo(3 << 20));
    }

    [Test]
    public async Task Work_folders_of_ended_items_go_and_those_in_use_stay()
    {
        var ended = await _keep.ItemAsync(ItemState.Failed, 1);
        var underWay = await _keep.ItemAsync(ItemState.Publish, 300);
        var waiting = await _keep.ItemAsync(ItemState.Candidate, 300);
        var fresh = await _keep.ItemAsync(ItemState.Published, 1);
        var (gone, unknown) = (Work($"{ended.Id}", Long), Work("4711", Long));
        string[] stay =
        [
            Work($"{underWay.Id}", Long),
            Work($"{waiting.Id}", Long),
            Work($"{fresh.Id}", Lately),
            Work("my holiday", Long),
            Work("007", Long),
        ];

        var preview = await _keep.PreviewAsync();
        Assert.That(gone, Does.Exist, "a preview removes nothing");
        var removed = (await _keep.PruneAsync()).Removed;

        Assert.That(removed.Select(r => r.What), Is.EquivalentTo(new[] { gone, unknown }));
        Assert.That(preview.Select(p => (p.What, p.SizeBytes)), Is.EqualTo(removed.Select(r => (r.What, r.SizeBytes))));
        Assert.That(new[] { gone, unknown }, Has.None.Matches<string>(Directory.Exists));
        Assert.That(stay, Is.All.Matches<string>(Directory.Exists));
    }

    [Test]
    public async Task No_link_is_followed_out_of_the_work_folder()
    {
        var ended = await _keep.ItemAsync(ItemState.Rejected, 1);
        var outside = Directory.CreateDirectory(Path.Combine(Data.Root, "mine")).FullName;
        var treasure = File_(outside, "treasure.mp4", Long);
        Directory.CreateDirectory(Data.Work);
        Directory.CreateSymbolicLink(Path.Combine(Data.Work, "4711"), outside);
        var folder = Work($"{ended.Id}", Long);
        Directory.CreateSymbolicLink(Path.Combine(folder, "out"), outside);
        _keep.World.Age(folder, Long);

        var removed = (await _keep.PruneAsync()).Removed;

        Assert.That(removed.Select(r => r.What), Is.EqualTo(new[] { folder }));
        Assert.That(treasure, Does.Exist);
        Assert.That(Directory.Exists(Path.Combine(Data.Work, "4711")), Is.True);
    }

    private string Work(string name, TimeSpan age)
    {
        var folder = Path.Combine(Data.Work, name);
        File_(folder, "short.mp4", age);
        return _keep.World.Age(folder, age);
    }

    private string File_(string folder, string name, TimeSpan age)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), "bytes");
        return _keep.World.Age(Path.Combine(folder, name), age);
    }
}
