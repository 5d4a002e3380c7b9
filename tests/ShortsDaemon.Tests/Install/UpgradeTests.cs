using NUnit.Framework;
using ShortsDaemon.Host.Install;

namespace ShortsDaemon.Tests.Install;

/// <summary>Up, back, and killed at every step of both.</summary>
public sealed class UpgradeTests
{
    private static readonly string[] StepsUp =
    [
        "begun",
        "stopped",
        "backed up",
        "switching",
        "switched",
        "started",
        "recorded",
    ];

    private static readonly string[] StepsBack =
    [
        "going back",
        "stopped to go back",
        "restored",
        "switched back",
        "forgotten",
    ];

    private InstallWorld _world = null!;

    [SetUp]
    public async Task Install()
    {
        _world = new();
        await _world.InstallAsync();
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task The_new_release_takes_over_with_the_database_it_finds()
    {
        Assert.That(await _world.Upgrade().RunAsync(_world.Add("2.0"), default), Is.True);

        AssertWorks("2.0", form: 2, "before");
        var done = _world.Record.Read()!.Upgrades.Single();
        Assert.That((done.From, done.To), Is.EqualTo(("1.0", "2.0")));
        Assert.That(done.Backup, Is.Not.Null);
    }

    [Test]
    public async Task A_release_that_does_not_work_gives_its_place_back_with_the_database_as_it_was()
    {
        _world.Daemon.Broken.Add("2.0");

        Assert.That(await _world.Upgrade().RunAsync(_world.Add("2.0"), default), Is.False);

        AssertWorks("1.0", form: 1, "before");
        Assert.That(_world.Daemon.Restores, Is.EqualTo(1));
        Assert.That(_world.Record.Read()!.Upgrades, Is.Empty);
        Assert.That(_world.Said, Has.Some.Contains("it is broken"));
    }

    [Test]
    public async Task A_backup_that_fails_changes_nothing()
    {
        _world.Daemon.CannotBackUp = true;

        Assert.That(
            () => _world.Upgrade().RunAsync(_world.Add("2.0"), default),
            Throws.TypeOf<InstallException>().With.Message.Contains("1.0 goes on")
        );

        AssertWorks("1.0", form: 1, "before");
    }

    [Test]
    public async Task The_way_back_restores_the_database_of_then()
    {
        await _world.Upgrade().RunAsync(_world.Add("2.0"), default);
        _world.Daemon.Publish("after");

        await _world.Upgrade().RollBackAsync(default);

        AssertWorks("1.0", form: 1, "before");
        Assert.That(_world.Daemon.Restores, Is.EqualTo(1));
        Assert.That(
            () => _world.Upgrade().RollBackAsync(default),
            Throws.TypeOf<InstallException>().With.Message.Contains("no release before 1.0")
        );
    }

    [Test]
    public async Task Without_its_backup_there_is_no_way_back_and_everything_stays()
    {
        await _world.Upgrade().RunAsync(_world.Add("2.0"), default);
        _world.Daemon.LoseBackups();

        Assert.That(
            () => _world.Upgrade().RollBackAsync(default),
            Throws.TypeOf<InstallException>().With.Message.EqualTo("the backup is lost")
        );

        AssertWorks("2.0", form: 2, "before");
    }

    [Test]
    public async Task The_way_back_keeps_a_database_that_has_kept_its_form()
    {
        using var world = new InstallWorld(newForm: 9);
        await world.InstallAsync();
        await world.Upgrade().RunAsync(world.Add("2.0"), default);
        world.Daemon.Publish("after");

        await world.Upgrade().RollBackAsync(default);

        Assert.That(world.Daemon.Running, Is.EqualTo("1.0"));
        Assert.That(world.Daemon.Published, Is.EqualTo((string[])["before", "after"]));
        Assert.That(world.Daemon.Restores, Is.Zero);
    }

    [Test]
    public async Task Three_ways_back_are_kept_and_older_releases_go()
    {
        foreach (var version in (string[])["2.0", "3.0", "4.0", "5.0"])
            Assert.That(await _world.Upgrade().RunAsync(_world.Add(version), default), Is.True);

        Assert.That(_world.Shelf.Versions, Is.EquivalentTo((string[])["2.0", "3.0", "4.0", "5.0"]));
        foreach (var version in (string[])["4.0", "3.0", "2.0"])
        {
            await _world.Upgrade().RollBackAsync(default);
            Assert.That(_world.Daemon.Running, Is.EqualTo(version));
        }
    }

    [Test]
    public async Task Killed_at_a_step_it_is_finished_by_the_next_upgrade(
        [ValueSource(nameof(StepsUp))] string step,
        [Values] bool machineStarts
    )
    {
        await KillAsync(step, () => _world.Upgrade(DieAt(step)).RunAsync(_world.Add("2.0"), default), machineStarts);

        var again = _world.Upgrade();
        await again.ResumeAsync(goBack: false, default);
        if (_world.Shelf.Current!.Version != "2.0")
            Assert.That(await again.RunAsync(_world.Add("2.0"), default), Is.True);

        AssertWorks("2.0", form: 2, "before");
        Assert.That(_world.Record.Read()!.Upgrades, Has.Count.EqualTo(1));
        await _world.Upgrade().RollBackAsync(default);
        AssertWorks("1.0", form: 1, "before");
    }

    [Test]
    public async Task Killed_at_a_step_it_is_undone_by_a_rollback(
        [ValueSource(nameof(StepsUp))] string step,
        [Values] bool machineStarts
    )
    {
        await KillAsync(step, () => _world.Upgrade(DieAt(step)).RunAsync(_world.Add("2.0"), default), machineStarts);

        Assert.That(await _world.Upgrade().ResumeAsync(goBack: true, default), Is.True);

        AssertWorks("1.0", form: 1, "before");
        Assert.That(_world.Record.Read()!.Upgrades, Is.Empty);
    }

    [Test]
    public async Task Killed_on_the_way_back_it_is_finished_by_whatever_comes_next(
        [ValueSource(nameof(StepsBack))] string step,
        [Values] bool machineStarts,
        [Values] bool byRollback
    )
    {
        await _world.Upgrade().RunAsync(_world.Add("2.0"), default);
        _world.Daemon.Publish("after");
        await KillAsync(step, () => _world.Upgrade(DieAt(step)).RollBackAsync(default), machineStarts);

        Assert.That(await _world.Upgrade().ResumeAsync(byRollback, default), Is.True);

        AssertWorks("1.0", form: 1, "before");
        Assert.That(_world.Record.Read()!.Upgrades, Is.Empty);
    }

    [Test]
    public async Task Without_an_interruption_there_is_nothing_to_resume() =>
        Assert.That(await _world.Upgrade().ResumeAsync(goBack: true, default), Is.False);

    private async Task KillAsync(string step, Func<Task> work, bool machineStarts)
    {
        Assert.That(work, Throws.TypeOf<KilledException>().With.Message.EqualTo(step));
        Assert.That(_world.IsUnderWay, Is.True);
        // The service manager starts whatever the link points to.
        if (machineStarts)
            await _world.Daemon.StartAsync(default);
    }

    private void AssertWorks(string version, double form, params string[] published)
    {
        Assert.Multiple(() =>
        {
            Assert.That(_world.Daemon.Running, Is.EqualTo(version), string.Join('\n', _world.Said));
            Assert.That(_world.Shelf.Current!.Version, Is.EqualTo(version));
            Assert.That(_world.Daemon.Form, Is.EqualTo(form));
            Assert.That(_world.Daemon.Published, Is.EqualTo(published));
            Assert.That(_world.IsUnderWay, Is.False);
        });
    }

    private static Action<string> DieAt(string step) =>
        reached =>
        {
            if (reached == step)
                throw new KilledException(step);
        };

    private sealed class KilledException(string step) : Exception(step);
}
