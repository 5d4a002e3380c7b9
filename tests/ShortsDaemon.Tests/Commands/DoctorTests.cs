using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using ShortsDaemon.Host;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Tests.Commands;

public sealed class DoctorTests
{
    private const long MiB = 1024 * 1024;

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("doctor-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public async Task Every_problem_of_the_configuration_is_a_line_with_its_mend()
    {
        var reading = new OptionsReading(
            null,
            [new("A:B", "it is wrong", "Mend it."), new("C", "it is unknown", "Remove it.", IsError: false)]
        );
        var lines = await LookAsync(new ConfigurationCheck(), new Patient(reading, [], TimeProvider.System));
        Assert.That(
            lines,
            Is.EqualTo(
                new[]
                {
                    DoctorLine.Fail("configuration", "A:B: it is wrong", "Mend it."),
                    DoctorLine.Warn("configuration", "C: it is unknown", "Remove it."),
                }
            )
        );
    }

    [Test]
    public async Task With_a_broken_file_the_machine_is_still_looked_at()
    {
        var reading = new OptionsReading(null, [new("x.json", "line 1", "Correct it.")]);
        var lines = await DoctorChecks.RunAsync(new Patient(reading, [], TimeProvider.System), CancellationToken.None);
        Assert.That(lines[0].Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(lines.Select(line => line.Check), Does.Contain("clock").And.Not.Contain("ffmpeg"));
        Assert.That(lines[^1].Finding, Does.StartWith("not looked at: data directory, free space"));
    }

    [TestCase(1999, "fail")]
    [TestCase(2026, "ok")]
    public async Task A_clock_of_another_age_fails(int year, string expected)
    {
        var patient = PatientOf() with { Time = new FakeTimeProvider(new(year, 1, 1, 0, 0, 0, TimeSpan.Zero)) };
        Assert.That((await LookAsync(new ClockCheck(), patient)).Single().StatusWord, Is.EqualTo(expected));
    }

    [TestCase(5000, 10000, "ok")]
    [TestCase(900, 10000, "warn")]
    [TestCase(499, 1000, "fail")]
    public void Free_space_is_judged_by_the_marks_of_health(long free, long total, string expected)
    {
        var room = new DiskRoom("/data", free * MiB, total * MiB);
        var line = new DiskSpaceCheck().Judge([new DiskPlace("data", "/data")], room, new HealthOptions());
        Assert.That(line.StatusWord, Is.EqualTo(expected), line.Finding);
    }

    [TestCase(true, "fail")]
    [TestCase(false, "warn")]
    public void A_disk_without_inodes_stops_work_but_not_for_want_of_room_for_backups(bool holdsWork, string expected)
    {
        var room = new DiskRoom("/disk", 5000 * MiB, 10000 * MiB, FreeInodes: 999);
        var line = new DiskSpaceCheck().Judge([new DiskPlace("x", "/disk", holdsWork)], room, new HealthOptions());
        Assert.That(line.StatusWord, Is.EqualTo(expected), line.Finding);
        Assert.That(line.Finding, Does.Contain("room for 999 files"));
    }

    [TestCase("ext4", "ok")]
    [TestCase("nfs4", "warn")]
    [TestCase("tmpfs", "warn")]
    public void A_file_system_the_database_should_not_lie_on_is_a_warning(string system, string expected) =>
        Assert.That(new DataDirectoryCheck().OnFileSystem("x", system).StatusWord, Is.EqualTo(expected));

    [Test]
    public async Task Looking_at_folders_that_are_not_there_makes_none()
    {
        var patient = PatientOf();
        foreach (
            var check in new DoctorCheck[]
            {
                new DataDirectoryCheck(),
                new SourceFoldersCheck(),
                new DestinationFoldersCheck(),
            }
        )
        {
            var line = (await LookAsync(check, patient)).Single();
            Assert.That(line.Status, Is.EqualTo(DoctorStatus.Ok), line.Finding);
            Assert.That(line.Finding, Does.Contain("will be made"));
        }
        Assert.That(_folder.EnumerateFileSystemInfos(), Is.Empty);
    }

    [Test]
    public async Task A_file_in_the_place_of_a_folder_fails()
    {
        File.WriteAllText(InFolder("data"), "");
        var lines = await LookAsync(new DataDirectoryCheck(), PatientOf());
        Assert.That(lines.Single().Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(lines.Single().Finding, Does.EndWith("data' is a file"));
    }

    [Test]
    public async Task A_credential_that_others_can_read_fails_with_the_command_that_mends_it()
    {
        var secrets = Directory.CreateDirectory(InFolder("data/credentials")).FullName;
        var open = Path.Combine(secrets, "open.json");
        File.WriteAllText(open, "{}");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.WriteAllText(Path.Combine(secrets, "README.md"), "");

        var lines = await LookAsync(new CredentialsCheck(), PatientOf());
        Assert.That(lines.Single().Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(lines.Single().Finding, Does.Contain("mode 0440"));
        Assert.That(lines.Single().Mend, Is.EqualTo($"chmod 600 '{open}'"));

        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(
            (await LookAsync(new CredentialsCheck(), PatientOf())).Single().Status,
            Is.EqualTo(DoctorStatus.Ok)
        );
    }

    [Test]
    public async Task A_port_that_another_program_holds_fails()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var patient = PatientOf($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        var line = (await LookAsync(new PortCheck(), patient)).Single();
        Assert.That(line.Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(line.Finding, Does.EndWith("is used by another program"));
        other.Stop();
        Assert.That((await LookAsync(new PortCheck(), patient)).Single().Status, Is.EqualTo(DoctorStatus.Ok));
    }

    [Test]
    public async Task A_held_data_directory_means_a_running_daemon()
    {
        var patient = PatientOf();
        using (InstanceLock.TryTake(patient.Data))
            Assert.That((await LookAsync(new DaemonCheck(), patient)).Single().Finding, Is.EqualTo("it runs"));
        Assert.That((await LookAsync(new DaemonCheck(), patient)).Single().Finding, Is.EqualTo("it does not run"));
        using var again = InstanceLock.TryTake(patient.Data);
        Assert.That(again, Is.Not.Null, "asking must leave no lock behind");
    }

    [Test]
    public async Task A_data_directory_that_is_held_for_a_moment_is_asked_for_twice()
    {
        var data = PatientOf().Data;
        Task<InstanceLock?> taking;
        using (InstanceLock.TryTake(data))
            taking = CommandServices.TakeLockAsync(data, CancellationToken.None);
        using var taken = await taking;
        Assert.That(taken, Is.Not.Null);
        Assert.That(await CommandServices.TakeLockAsync(data, CancellationToken.None), Is.Null);
    }

    [Test]
    public void Missing_parts_of_ffmpeg_are_named()
    {
        string[] filters =
        [
            " ... zscale            V->V       Apply resizing.",
            " TSC scale             V->V       Scale.",
        ];
        string[] encoders = [" V....D libx264              H.264", " A....D libmp3lame           MP3"];
        var line = new FiltersCheck().Judge(filters, encoders);
        Assert.That(line.Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(line.Finding, Does.Contain("filter tonemap").And.Contain("encoder aac").And.Not.Contain("zscale"));
    }

    [Test]
    public void A_preferred_encoder_that_does_not_work_is_a_warning_others_are_not()
    {
        EncoderState[] report =
        [
            new("h264_nvenc", true, false, "No driver", null, false),
            new("h264_qsv", true, false, "No device", null, false),
            new("libx264", true, true, "It works", null, true),
        ];
        var lines = new EncodersCheck().Judge(report, [], ["h264_nvenc"]).ToList();
        Assert.That(
            lines.Select(line => line.Status),
            Is.EqualTo(new[] { DoctorStatus.Ok, DoctorStatus.Warn, DoctorStatus.Ok, DoctorStatus.Ok })
        );
        Assert.That(lines[3].Finding, Is.EqualTo("listed, trial passed, chosen: It works"));
    }

    [Test]
    public void Without_any_encoder_it_fails() =>
        Assert.That(
            new EncodersCheck()
                .Judge([new("libx264", false, false, "Not built in", null, false)], [], [])
                .First()
                .Status,
            Is.EqualTo(DoctorStatus.Fail)
        );

    [Test]
    public async Task A_missing_tool_fails_and_says_which_key_to_set()
    {
        var patient = PatientOf(ffmpeg: InFolder("no-ffmpeg"));
        var lines = await LookAsync(new ToolsCheck(), patient);
        Assert.That(lines[0].Status, Is.EqualTo(DoctorStatus.Fail));
        Assert.That(lines[0].Mend, Does.Contain("Tools:FFmpeg"));
    }

    [TestCase("", LayoutName.CentreCrop, "ok", "no channel looks for faces")]
    [TestCase("nowhere.xml", LayoutName.Auto, "warn", "there is no such file; layouts do without faces")]
    public async Task The_face_model_is_looked_at(string model, LayoutName layout, string status, string words)
    {
        var patient = PatientOf(model: model, layout: layout);
        var line = (await LookAsync(new FaceModelCheck(), patient)).Single();
        if (line.Finding.StartsWith("/usr/", StringComparison.Ordinal))
            Assert.Ignore("this machine has OpenCV's data");
        Assert.That(line.StatusWord, Is.EqualTo(status));
        Assert.That(line.Finding, Does.EndWith(words));
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private Patient PatientOf(
        string urls = "http://127.0.0.1:0",
        string ffmpeg = "ffmpeg",
        string model = "",
        LayoutName layout = LayoutName.BlurredBackdrop
    )
    {
        var options = new ShortsOptions
        {
            Daemon = new DaemonOptions { DataDirectory = InFolder("data"), Urls = urls },
            Tools = new ToolsOptions { FFmpeg = ffmpeg, FaceModel = model },
            Channels =
            {
                ["inbox"] = new ChannelOptions
                {
                    Render = new RenderOptions { Layout = layout },
                    Sources = [new FolderSourceOptions { Type = "Folder", Path = InFolder("in") }],
                    Destinations = [new FolderDestinationOptions { Type = "Folder", Path = InFolder("out") }],
                },
            },
        };
        return new Patient(OptionsReading.Of(options, []), [], TimeProvider.System);
    }

    private static Task<IReadOnlyList<DoctorLine>> LookAsync(DoctorCheck check, Patient patient) =>
        check.LookAsync(patient, CancellationToken.None);
}
