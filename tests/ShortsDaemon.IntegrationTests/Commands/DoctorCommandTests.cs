using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Commands;

public sealed class DoctorCommandTests
{
    private static readonly string[] FourKeys = ["check", "status", "finding", "mend"];

    private Sandbox _sandbox = null!;

    [SetUp]
    public void MakeSandbox() => _sandbox = new Sandbox();

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task A_machine_that_can_work_is_0_and_nothing_is_made()
    {
        if (ToolPath.Find("ffmpeg") is null)
            Assert.Ignore("ffmpeg is not installed");
        var answer = await _sandbox.RunAsync("doctor");
        Assert.That(answer.ExitCode, Is.Zero, answer.Output + answer.Errors);
        Assert.That(answer.Output, Does.Match(@"(?m)^ok    configuration\s+read from "));
        Assert.That(answer.Output, Does.Match(@"(?m)^ok    ffmpeg\s+/.*ffmpeg version"));
        Assert.That(answer.Output, Does.Match(@"(?m)^encoder\s+listed\s+trial\s+chosen\s+reason$"));
        Assert.That(answer.Output, Does.Not.Contain('\u001b'));
        Assert.That(Directory.Exists(_sandbox.Data), Is.False);
    }

    [Test]
    public async Task A_bad_configuration_is_1_and_everything_wrong_is_listed_at_once()
    {
        var answer = await _sandbox.RunAsync(
            "doctor",
            "--json",
            "Channels:inbox:TimeZone=Nowhere",
            "Channels:inbox:Colour=red",
            "Tools:FFmpeg=/nowhere/ffmpeg"
        );
        Assert.That(answer.ExitCode, Is.EqualTo(1), answer.Errors);
        using var json = JsonDocument.Parse(answer.Output);
        var lines = json.RootElement.EnumerateArray().ToList();
        Assert.That(lines.Select(line => line.EnumerateObject().Select(p => p.Name)), Is.All.EqualTo(FourKeys));
        var found = lines.ConvertAll(line => $"{Text(line, "status")} {Text(line, "check")}: {Text(line, "finding")}");
        Assert.That(
            found,
            Has.Some.StartsWith("fail configuration: Channels:inbox:TimeZone: 'Nowhere' is not a time zone")
        );
        Assert.That(found, Has.Some.StartsWith("warn configuration: Channels:inbox:Colour"));
        Assert.That(found, Has.Some.StartsWith("fail ffmpeg: '/nowhere/ffmpeg' was not found"));
        Assert.That(found, Has.Some.StartsWith("ok destination folders"));
        Assert.That(
            lines.Where(line => Text(line, "status") == "fail").Select(line => Text(line, "mend")),
            Is.All.Not.Empty
        );
    }

    [Test]
    public async Task A_damaged_database_and_an_open_credential_are_named()
    {
        await _sandbox.MakeDatabaseAsync();
        await File.WriteAllTextAsync(_sandbox.Database, new string('x', 10000));
        var secret = Path.Combine(
            Directory.CreateDirectory(Path.Combine(_sandbox.Root, "credentials")).FullName,
            "a.json"
        );
        await File.WriteAllTextAsync(secret, "{}");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var answer = await _sandbox.RunAsync("doctor");
        Assert.That(answer.ExitCode, Is.EqualTo(1));
        Assert.That(answer.Output, Does.Match(@"(?m)^fail  database .*\n.*-> .* is damaged"));
        Assert.That(answer.Output, Does.Contain($"-> chmod 600 '{secret}'"));
    }

    [Test]
    public async Task Beside_a_running_daemon_it_sees_it_and_the_others_answer()
    {
        using var stop = new CancellationTokenSource();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var daemon = _sandbox.StartAsync(Listen, stop.Token, "run");
        await Task.WhenAny(ready.Task, daemon, Task.Delay(TimeSpan.FromSeconds(60)));
        Assert.That(ready.Task.IsCompleted, "the daemon did not start");
        try
        {
            var doctor = await _sandbox.RunAsync("doctor");
            Assert.That(doctor.Output, Does.Match(@"(?m)^ok    daemon\s+it runs$"));
            Assert.That(doctor.Output, Does.Match(@"(?m)^ok    database\s+.* is whole and of this version$"));
            Assert.That((await _sandbox.RunAsync("history")).Output, Is.EqualTo("No such items."));
            Assert.That((await _sandbox.RunAsync("explain", "1")).ExitCode, Is.EqualTo(1));
        }
        finally
        {
            await stop.CancelAsync();
            Assert.That(async () => await daemon, Throws.InstanceOf<OperationCanceledException>());
        }

        void Listen(string line)
        {
            if (line.Contains("health at", StringComparison.Ordinal))
                ready.TrySetResult();
        }
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
