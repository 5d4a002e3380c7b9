using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Publish;

internal sealed class DurableFileTests
{
    private const string AlwaysFull = "/dev/full";
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public async Task Writes_and_copies()
    {
        await DurableFile.WriteAsync(_folder["a"], "one"u8.ToArray(), CancellationToken.None);
        await DurableFile.CopyAsync(_folder["a"], _folder["b"], CancellationToken.None);
        Assert.That(File.ReadAllText(_folder["b"]), Is.EqualTo("one"));
        Assert.That(Names, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void Without_room_the_old_file_stays_and_nothing_half_written_is_left()
    {
        if (!File.Exists(AlwaysFull))
            Assert.Ignore($"this system has no {AlwaysFull}");
        _folder.Write("a", "old");
        File.CreateSymbolicLink(DurableFile.Partial(_folder["a"]), AlwaysFull);
        Assert.CatchAsync<IOException>(() =>
            DurableFile.WriteAsync(_folder["a"], new byte[100_000], CancellationToken.None)
        );
        Assert.That(Names, Is.EqualTo(new[] { "a" }));
        Assert.That(File.ReadAllText(_folder["a"]), Is.EqualTo("old"));
    }

    [Test]
    public void A_copy_that_is_stopped_leaves_nothing()
    {
        var from = _folder.Write("from", new string('x', 3_000_000));
        Assert.CatchAsync<OperationCanceledException>(() =>
            DurableFile.CopyAsync(from, _folder["to"], new CancellationToken(canceled: true))
        );
        Assert.That(Names, Is.EqualTo(new[] { "from" }));
    }

    [Test]
    public async Task An_approved_copy_is_refused_when_the_bytes_differ_or_the_name_is_taken()
    {
        var from = _folder.Write("from", "approved");
        var hash = await FileHash.OfAsync(from, CancellationToken.None);
        await DurableFile.CopyApprovedAsync(from, _folder["to"], hash, CancellationToken.None);
        _folder.Write("taken", "mine");
        Assert.CatchAsync<IOException>(() =>
            DurableFile.CopyApprovedAsync(from, _folder["taken"], hash, CancellationToken.None)
        );
        _folder.Write("from", "changed");
        Assert.CatchAsync<MissingArtefactException>(() =>
            DurableFile.CopyApprovedAsync(from, _folder["other"], hash, CancellationToken.None)
        );
        Assert.That(Names, Is.EqualTo(new[] { "from", "taken", "to" }));
        Assert.That(File.ReadAllText(_folder["taken"]), Is.EqualTo("mine"));
    }

    private IEnumerable<string?> Names =>
        Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
