using NUnit.Framework;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Tests.Commands;

/// <summary>What doctor asks the system, with programs of the test in the place of the system's.</summary>
internal sealed class PreflightTests
{
    // Not in memory: programs may not be allowed to run there.
    private DirectoryInfo _programs = null!;

    [SetUp]
    public void MakeFolder() => _programs = Directory.CreateTempSubdirectory("preflight-");

    [TearDown]
    public void CleanUp() => _programs.Delete(recursive: true);

    [TestCase("NTP=yes\nNTPSynchronized=yes", "ok", "kept right")]
    [TestCase("NTP=yes\nNTPSynchronized=no", "warn", "has not reached a server")]
    [TestCase("NTP=no\nNTPSynchronized=no", "warn", "nothing keeps the clock right")]
    public async Task Time_is_kept_by_systemd(string says, string expected, string words)
    {
        Say("timedatectl", says);
        AssertOne(await LookAsync(new TimeSyncCheck()), expected, words);
    }

    [TestCase("Normal", "ok", "kept right (chrony): 0.000012 seconds fast of NTP time")]
    [TestCase("Not synchronised", "warn", "'Not synchronised'")]
    public async Task Or_by_chrony(string leap, string expected, string words)
    {
        Say("timedatectl", "System has not been booted with systemd", exit: 1);
        Say(
            "chronyc",
            $"Stratum         : 3\nSystem time     : 0.000012 seconds fast of NTP time\nLeap status     : {leap}"
        );
        AssertOne(await LookAsync(new TimeSyncCheck()), expected, words);
    }

    [TestCase(true, "ok")]
    [TestCase(false, "warn")]
    public async Task Or_by_nobody_which_is_right_in_a_container_only(bool inContainer, string expected) =>
        AssertOne(await LookAsync(new TimeSyncCheck(), inContainer: inContainer), expected, "");

    [TestCase("Network Time: On", "ok", "kept right")]
    [TestCase("Network Time: Off", "warn", "nothing keeps")]
    [TestCase("You need administrator access to run this tool... exiting!", "ok", "only an administrator")]
    public async Task Or_by_macOS(string says, string expected, string words)
    {
        Say("systemsetup", says);
        AssertOne(await LookAsync(new TimeSyncCheck(), isMac: true), expected, words);
    }

    [Test]
    public async Task A_Mac_that_sleeps_or_stays_off_is_told()
    {
        Say(
            "pmset",
            """
            System-wide power settings:
            Currently in use:
             standby              1
             Sleep On Power Button 1
             autorestart          0
             powernap             1
             networkoversleep     0
             disksleep            10
             sleep                1 (sleep prevented by powerd, coreaudiod)
             ttyskeepawake        1
             displaysleep         10
            """
        );
        var lines = await LookAsync(new SleepCheck(), isMac: true);
        Assert.That(lines.Select(line => line.StatusWord), Is.EqualTo(new[] { "warn", "warn" }));
        Assert.That(lines[0].Finding, Does.Contain("sleeps after 1 min"));
        Assert.That(lines.Select(line => line.Mend), Has.Some.EqualTo("sudo pmset -a autorestart 1"));
    }

    [Test]
    public async Task A_Mac_that_stays_awake_is_fine_and_Linux_is_not_asked()
    {
        Say("pmset", "Currently in use:\n autorestart          1\n sleep                0\n displaysleep         10");
        AssertOne(await LookAsync(new SleepCheck(), isMac: true), "ok", "does not sleep");
        Assert.That(await LookAsync(new SleepCheck()), Is.Empty);
    }

    [TestCase("loaded", "active", "enabled", "ok", "active and enabled, 2 restarts")]
    [TestCase("loaded", "active", "disabled", "warn", "does not come back")]
    [TestCase("loaded", "inactive", "enabled", "warn", "is installed, but inactive")]
    [TestCase("loaded", "failed", "enabled", "fail", "has failed")]
    [TestCase("not-found", "inactive", "", "warn", "is not installed")]
    public async Task The_service_of_systemd(string load, string state, string enabled, string expected, string words)
    {
        Say("systemctl", $"NRestarts=2\nLoadState={load}\nActiveState={state}\nUnitFileState={enabled}");
        AssertOne(await LookAsync(new ServiceCheck()), expected, words);
    }

    [TestCase("yes", 1)]
    [TestCase("no", 2)]
    public async Task A_service_of_a_user_has_to_outlive_their_session(string linger, int lines)
    {
        Script(
            "systemctl",
            """
            if [ "$1" = --user ]; then echo LoadState=loaded; echo ActiveState=active; echo UnitFileState=enabled
            else echo LoadState=not-found; fi
            """
        );
        Say("loginctl", $"Linger={linger}");
        var found = await LookAsync(new ServiceCheck());
        Assert.That(found, Has.Count.EqualTo(lines));
        Assert.That(found[0].Status, Is.EqualTo(DoctorStatus.Ok), found[0].Finding);
        if (lines == 2)
            Assert.That(found[1].Mend, Does.StartWith("loginctl enable-linger"));
    }

    [Test]
    public async Task Without_a_service_manager_somebody_should_know()
    {
        Say("systemctl", "System has not been booted with systemd as init system (PID 1). Can't operate.", exit: 1);
        AssertOne(await LookAsync(new ServiceCheck()), "warn", "no systemd answers");
    }

    [TestCase("123\t0\tnet.shortsdaemon", "ok", "runs (process 123)")]
    [TestCase("-\t78\tnet.shortsdaemon", "warn", "ended with 78")]
    [TestCase("123\t0\tcom.other", "warn", "does not know it")]
    public async Task The_service_of_launchd(string line, string expected, string words)
    {
        Say("launchctl", "PID\tStatus\tLabel\n" + line);
        AssertOne(await LookAsync(new ServiceCheck(), isMac: true), expected, words);
    }

    [TestCase("0 0 9 * * ?", false, "ok", "looks next at 2026-01-16 09:00:00 +01:00 (Europe/Berlin)")]
    [TestCase("0 0 9 1 6 ?", false, "warn", "more than a month away")]
    [TestCase("0 0 9 1 6 ? 2020", false, "warn", "never looks by itself")]
    [TestCase("0 0 9 1 6 ? 2020", true, "ok", "when a file arrives")]
    public async Task Schedules_are_previewed(string cron, bool watches, string expected, string words)
    {
        var channel = new ChannelOptions
        {
            TimeZone = "Europe/Berlin",
            Schedule = [new ScheduleOptions { Cron = cron }],
            Sources = watches ? [new FolderSourceOptions { Type = "Folder", Path = "/in" }] : [],
        };
        AssertOne(
            await LookAsync(new SchedulesCheck(), new ShortsOptions { Channels = { ["a"] = channel } }),
            expected,
            words
        );
    }

    [Test]
    public async Task A_secret_file_that_is_named_but_missing_fails()
    {
        var options = new ShortsOptions { Backup = new() { PassphraseFile = PathOf("none") } };
        var lines = await LookAsync(new CredentialsCheck(), options);
        Assert.That(lines[0].Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(lines[0].Finding, Does.StartWith("Backup:PassphraseFile: "));
    }

    private string PathOf(string program) => Path.Combine(_programs.FullName, program);

    private void Say(string program, string lines, int exit = 0) =>
        Script(program, $"cat <<'END'\n{lines}\nEND\nexit {exit}");

    private void Script(string program, string body)
    {
        File.WriteAllText(PathOf(program), "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(PathOf(program), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Task<IReadOnlyList<DoctorLine>> LookAsync(
        DoctorCheck check,
        ShortsOptions? options = null,
        bool isMac = false,
        bool inContainer = false
    )
    {
        var clock = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        var patient = new Patient(OptionsReading.Of(options ?? new ShortsOptions(), []), [], TimeProvider.System)
        {
            FindProgram = name => PathOf(Path.GetFileName(name)) is var path && File.Exists(path) ? path : null,
            IsMac = isMac,
            IsContainer = inContainer,
        };
        // Programs need a clock that goes.
        return check.LookAsync(
            check is SchedulesCheck ? patient with { Time = clock } : patient,
            CancellationToken.None
        );
    }

    private static void AssertOne(IReadOnlyList<DoctorLine> lines, string status, string words)
    {
        var line = lines.Single();
        Assert.That((line.StatusWord, line.Finding), Is.EqualTo((status, line.Finding)), line.Finding);
        Assert.That(line.Finding, Does.Contain(words));
        Assert.That(line.Mend.Length > 0, Is.EqualTo(status != "ok"));
    }
}
