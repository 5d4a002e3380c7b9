using NUnit.Framework;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Tests.Install;

public sealed class ReleaseShelfTests
{
    private InstallWorld _world = null!;

    [SetUp]
    public void Open() => _world = new();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public void A_build_is_copied_with_its_folders_and_rights_and_without_data()
    {
        var build = _world.Build("1.0");
        var program = Path.Combine(build.Folder, "ShortsDaemon");
        File.WriteAllText(program, "");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Path.Combine(build.Folder, "data"));

        var release = _world.Shelf.Add(build, Path.Combine(build.Folder, "data"));

        Assert.That(File.ReadAllText(Path.Combine(release.Folder, "runtimes", "more.so")), Is.EqualTo("more"));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(release.Folder, "ShortsDaemon")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserExecute)
        );
        Assert.That(Directory.Exists(Path.Combine(release.Folder, "data")), Is.False);
        Assert.That(
            Release.ProgramIn(release.Folder),
            Is.EqualTo((string[])[Path.Combine(release.Folder, "ShortsDaemon")])
        );
    }

    [Test]
    public void The_same_build_is_there_once_and_another_of_the_same_version_beside_it()
    {
        _world.Add("1.0");
        Assert.That(_world.Add("1.0").Version, Is.EqualTo("1.0"));
        Assert.That(_world.Shelf.Add(_world.Build("1.0", "mended"), "/nowhere").Version, Is.EqualTo("1.0-2"));
        Assert.That(_world.Shelf.Add(_world.Build("1.0", "mended"), "/nowhere").Version, Is.EqualTo("1.0-2"));
        Assert.That(_world.Shelf.Versions, Is.EquivalentTo((string[])["1.0", "1.0-2"]));
    }

    [Test]
    public void Half_a_copy_is_no_release_and_goes_with_the_next_one()
    {
        var half = Path.Combine(_world.Root.Releases, ".2.0.part");
        Directory.CreateDirectory(half);
        Assert.That(_world.Shelf.Versions, Is.Empty);
        _world.Add("2.0");
        Assert.That(Directory.Exists(half), Is.False);
        Assert.That(_world.Shelf.Versions, Is.EqualTo((string[])["2.0"]));
    }

    [Test]
    public async Task The_link_is_never_away_while_it_is_switched()
    {
        Release[] both = [_world.Add("1.0"), _world.Add("2.0")];
        _world.Shelf.SwitchTo(both[0]);
        var library = Path.Combine(_world.Root.Current, "ShortsDaemon.dll");
        var looks = 0;
        var looking = Task.Run(() =>
        {
            for (; looks < 100; Interlocked.Increment(ref looks))
                Assert.That(File.ReadAllText(library), Is.EqualTo("1.0").Or.EqualTo("2.0"));
        });
        for (var i = 0; !looking.IsCompleted; i++)
            _world.Shelf.SwitchTo(both[i % 2]);
        await looking;
        Assert.That(looks, Is.EqualTo(100));
    }

    [Test]
    public void A_link_that_a_killed_process_left_beside_is_no_hindrance()
    {
        var release = _world.Add("1.0");
        File.CreateSymbolicLink(_world.Root.Current + ".part", "releases/gone");
        _world.Shelf.SwitchTo(release);
        Assert.That(_world.Shelf.Current, Is.EqualTo(release));
    }

    [Test]
    public void A_folder_without_a_build_is_refused() =>
        Assert.That(
            () => Release.At(_world.Root.Path),
            Throws.TypeOf<InstallException>().With.Message.Contains("ShortsDaemon.dll is not there")
        );

    [Test]
    public void The_version_of_a_build_is_its_own_with_the_commit_shortened() =>
        Assert.That(
            Release.At(AppContext.BaseDirectory).Version,
            Does.Match(@"^\d+\.\d+\.\d+[\w.-]*(\+[0-9a-f]{8})?$")
        );

    [Test]
    public void One_process_at_a_time_changes_an_installation()
    {
        using (_world.Root.Enter())
            Assert.That(() => _world.Root.Enter(), Throws.TypeOf<InstallException>());
        Assert.That(() => _world.Root.Enter().Dispose(), Throws.Nothing);
    }
}
