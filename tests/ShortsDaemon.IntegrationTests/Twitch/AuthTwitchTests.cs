using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Commands;
using ShortsDaemon.World;

namespace ShortsDaemon.IntegrationTests.Twitch;

/// <summary>The built program logs an account in at the fake Twitch.</summary>
internal sealed class AuthTwitchTests
{
    private Sandbox _sandbox = null!;
    private WorldServer _world = null!;

    [SetUp]
    public async Task SetUp()
    {
        _sandbox = new Sandbox();
        var media = Path.Combine(_sandbox.Root, "media");
        _world = await WorldServer.StartAsync(new WorldOptions(TimeProvider.System, media), CancellationToken.None);
        _world.Twitch.AddBroadcaster("some_one", "1001");
    }

    [TearDown]
    public async Task TearDown()
    {
        await _world.DisposeAsync();
        _sandbox.Dispose();
    }

    [Test]
    public async Task A_confirmed_code_is_a_login_that_doctor_knows()
    {
        _world.Twitch.Switches.DeviceLogin = "some_one";
        var answer = await _sandbox.RunAsync(["auth", "twitch", "Main", .. Settings()]);

        Assert.That(answer.ExitCode, Is.Zero, answer.Errors);
        Assert.That(answer.Output, Does.Match("^Open http").And.Contains("is logged in as some_one (id 1001)"));
        var file = Path.Combine(_sandbox.Data, "credentials", "twitch-main.json");
        Assert.That(
            File.GetUnixFileMode(file),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite),
            "for its owner alone"
        );
        Assert.That(_world.Calls.Of("twitch.token"), Has.Count.EqualTo(2), "one poll in vain");

        var channel = Path.Combine(_sandbox.Root, "channel.json");
        await File.WriteAllTextAsync(
            channel,
            """
            { "Channels": { "inbox": { "Sources": [{ "Type": "TwitchClips", "Login": "some_one", "Account": "main" }] } } }
            """
        );
        var doctor = await _sandbox.RunAsync(["doctor", "--config", channel, .. Settings()]);
        Assert.That(doctor.Output, Does.Match(@"(?m)^ok    twitch\s+the application is accepted"));
        Assert.That(doctor.Output, Does.Match(@"(?m)^ok    twitch\s+account 'main' is some_one"));
    }

    [Test]
    public async Task Wrong_usage_is_2_and_a_refusal_is_1()
    {
        Assert.That((await _sandbox.RunAsync("auth", "twitch", "main")).ExitCode, Is.EqualTo(2), "no application");
        Assert.That((await _sandbox.RunAsync(["auth", "twitch", "../main", .. Settings()])).ExitCode, Is.EqualTo(2));
        _world.Faults.Add("twitch.device", "status 400");
        var answer = await _sandbox.RunAsync(["auth", "twitch", "main", .. Settings()]);
        Assert.That((answer.ExitCode, answer.Errors), Is.EqualTo((1, "Twitch refuses the login: BadRequest")));
        Assert.That(Directory.Exists(Path.Combine(_sandbox.Data, "credentials")), Is.False);
    }

    [Test]
    public async Task A_stop_is_clean()
    {
        using var stop = new CancellationTokenSource();
        var run = _sandbox.StartAsync(
            line =>
            {
                if (line.Contains("Ctrl+C", StringComparison.Ordinal))
                    stop.Cancel();
            },
            stop.Token,
            ["auth", "twitch", "main", .. Settings()]
        );
        Assert.CatchAsync<OperationCanceledException>(() => run);
        Assert.That(Directory.Exists(Path.Combine(_sandbox.Data, "credentials")), Is.False);
    }

    private IEnumerable<string> Settings() =>
        _world
            .Settings.Where(s => s.Key.StartsWith("Twitch:", StringComparison.Ordinal))
            .Select(s => $"{s.Key}={s.Value}");
}
