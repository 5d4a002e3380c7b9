using System.Formats.Tar;
using System.IO.Compression;
using NUnit.Framework;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Tests.Install;

/// <summary>A build as somebody brings it.</summary>
internal sealed class BuildTests
{
    private DirectoryInfo _folder = null!;

    private string Built => Path.Combine(_folder.FullName, "built");

    // The real library: its version is read from it.
    [SetUp]
    public void MakeBuild()
    {
        _folder = Directory.CreateTempSubdirectory("build-");
        Directory.CreateDirectory(Path.Combine(Built, "runtimes"));
        File.Copy(typeof(Release).Assembly.Location, Path.Combine(Built, "ShortsDaemon.dll"));
        File.WriteAllText(Path.Combine(Built, "runtimes", "more.so"), "more");
    }

    [TearDown]
    public void CleanUp() => _folder.Delete(recursive: true);

    [TestCase("release.zip", false)]
    [TestCase("release.zip", true)]
    [TestCase("release.tar", true)]
    [TestCase("release.tar.gz", false)]
    [TestCase("release.tgz", true)]
    public async Task An_archive_with_the_files_or_with_one_folder_of_them(string name, bool withFolder)
    {
        var archive = await PackAsync(name, withFolder);

        string unpacked;
        using (var build = await Build.OpenAsync(archive, default))
        {
            unpacked = build.Release.Folder;
            Assert.That(build.Release.Version, Is.EqualTo(Release.At(Built).Version));
            Assert.That(File.ReadAllText(Path.Combine(unpacked, "runtimes", "more.so")), Is.EqualTo("more"));
        }

        Assert.That(Directory.Exists(unpacked), Is.False, "what was unpacked is left behind");
    }

    [TestCase("release.zip")]
    [TestCase("release.tgz")]
    public void Half_an_archive_is_refused_by_name(string name)
    {
        var archive = Path.Combine(_folder.FullName, name);
        File.WriteAllText(archive, "PK, but no more");

        Assert.That(
            () => Build.OpenAsync(archive, default),
            Throws.TypeOf<InstallException>().With.Message.Contains(name).And.Message.Contains("cannot be unpacked")
        );
    }

    [Test]
    public async Task An_archive_of_something_else_is_refused()
    {
        File.Delete(Path.Combine(Built, "ShortsDaemon.dll"));
        var archive = await PackAsync("release.zip", withFolder: false);

        Assert.That(
            () => Build.OpenAsync(archive, default),
            Throws.TypeOf<InstallException>().With.Message.Contains("holds no build of ShortsDaemon")
        );
    }

    private async Task<string> PackAsync(string name, bool withFolder)
    {
        var archive = Path.Combine(_folder.FullName, name);
        if (name.EndsWith(".zip", StringComparison.Ordinal))
            await ZipFile.CreateFromDirectoryAsync(Built, archive, CompressionLevel.Fastest, withFolder);
        else
        {
            await using var file = File.Create(archive);
            await using Stream packed = name.EndsWith(".tar", StringComparison.Ordinal)
                ? file
                : new GZipStream(file, CompressionLevel.Fastest);
            await TarFile.CreateFromDirectoryAsync(Built, packed, withFolder);
        }
        return archive;
    }
}
