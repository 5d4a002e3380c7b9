using NUnit.Framework;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Sources;

internal sealed class FolderFilesTests
{
    [TestCase("clip.mp4", true)]
    [TestCase("CLIP.MKV", true)]
    [TestCase("a b 🎉.webm", true)]
    [TestCase("-clip.ts", true)]
    [TestCase("clip.mp4.part", false)]
    [TestCase("clip.part.mp4", false)]
    [TestCase("clip.TMP.mp4", false)]
    [TestCase("clip.mp4.crdownload", false)]
    [TestCase("clip.crdownload.mp4", false)]
    [TestCase("boss.part.2.mp4", true, Description = "a title, not an unfinished file")]
    [TestCase("part.mp4", true)]
    [TestCase(".clip.mp4", false)]
    [TestCase("clip.txt", false)]
    [TestCase("clip", false)]
    [TestCase("mp4", false)]
    [TestCase(".mp4", false)]
    public void Names(string name, bool isRecording) =>
        Assert.That(FolderFiles.IsRecording(name), Is.EqualTo(isRecording));

    [Test]
    public void Subfolders_hidden_folders_and_the_folder_of_done_originals()
    {
        using var folder = new TestFolder();
        foreach (
            var name in (string[])["a.mp4", "sub/b.mp4", ".hidden/c.mp4", "done/d.mp4", "done2/e.mp4", "sub/x.txt"]
        )
            folder.Write(name, "x");
        var options = new FolderSourceOptions { Path = folder.Root, MoveDoneTo = folder["done"] };
        var flat = new FolderSourceOptions { Path = folder.Root, Subfolders = false };
        Assert.That(Names(folder, options), Is.EqualTo(new[] { "a.mp4", "done2/e.mp4", "sub/b.mp4" }));
        Assert.That(Names(folder, flat), Is.EqualTo(new[] { "a.mp4" }));
    }

    [Test]
    public void A_ring_of_links_does_not_hide_the_other_files()
    {
        using var folder = new TestFolder();
        folder.Write("a.mp4", "x");
        File.CreateSymbolicLink(folder["b.mp4"], folder["c.mp4"]);
        File.CreateSymbolicLink(folder["c.mp4"], folder["b.mp4"]);
        File.CreateSymbolicLink(folder["d.mp4"], folder["nowhere.mp4"]);
        File.CreateSymbolicLink(folder["e.mp4"], folder["a.mp4"]);
        var options = new FolderSourceOptions { Path = folder.Root };
        Assert.That(Names(folder, options), Is.EqualTo(new[] { "a.mp4", "e.mp4" }));
    }

    private static IEnumerable<string> Names(TestFolder folder, FolderSourceOptions options) =>
        FolderFiles
            .In(options)
            .Select(f => Path.GetRelativePath(folder.Root, f.FullName))
            .Order(StringComparer.Ordinal);
}
