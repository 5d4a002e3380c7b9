using System.Diagnostics;
using System.Text.Json;
using ShortsDaemon.World;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Benchmarks;

/// <summary>Resident memory of one daemon while it looks for the clips of a thousand broadcasters, against its memory at rest.</summary>
internal static class ThousandBroadcasters
{
    private const int Broadcasters = 1000;
    private const int ClipsEach = 6;
    private const double AllowedMiB = 60;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public static async Task RunAsync(Workbench bench)
    {
        var options = new WorldOptions(
            TimeProvider.System,
            Directory.CreateDirectory(bench.Path("broadcasters-world")).FullName
        );
        await using var world = await WorldServer.StartAsync(options, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Broadcasters; i++)
        {
            world.Twitch.AddBroadcaster($"login{i}");
            for (var clip = 0; clip < ClipsEach; clip++)
                world.Twitch.AddClip($"login{i}", new NewClip($"clip {clip} of {i}", now.AddHours(-clip - 1)));
        }
        var (idle, highest, calls) = await MeasureAsync(bench.Path("broadcasters"), world);
        Console.WriteLine(
            FormattableString.Invariant(
                $"A round over {Broadcasters} broadcasters: {calls / (double)Broadcasters:0.00} calls each, {idle:0} MiB resident at rest, {highest:0} MiB at most: {highest - idle:0} MiB above (wanted ≤ {AllowedMiB})"
            )
        );
    }

    private static async Task<(double Idle, double Highest, int Calls)> MeasureAsync(string data, WorldServer world)
    {
        Directory.CreateDirectory(data);
        var config = Path.Combine(data, "broadcasters.json");
        await WriteAsync(config, world, []);
        using var daemon = Starting.Launch(data, $"http://127.0.0.1:{Starting.FreePort()}", "--config", config);
        try
        {
            await Task.Delay(Rest);
            var idle = Resident(daemon);
            await WriteAsync(config, world, [.. Enumerable.Range(0, Broadcasters).Select(i => $"login{i}")]);
            return (idle, await HighestAsync(daemon, world), world.Calls.Of("twitch.clips").Count);
        }
        finally
        {
            await Starting.StopAsync(daemon);
        }
    }

    // A round is over when nothing has been asked for a while.
    private static async Task<double> HighestAsync(Process daemon, WorldServer world)
    {
        var (watch, highest, calls, quiet) = (Stopwatch.StartNew(), 0.0, 0, Stopwatch.StartNew());
        while (calls < Broadcasters || quiet.Elapsed < TimeSpan.FromSeconds(15))
        {
            if (watch.Elapsed > Limit)
                throw new TimeoutException($"only {calls} calls were made");
            await Task.Delay(100);
            highest = Math.Max(highest, Resident(daemon));
            if (world.Calls.All.Count == calls)
                continue;
            calls = world.Calls.All.Count;
            quiet.Restart();
        }
        return highest;
    }

    private static double Resident(Process daemon)
    {
        daemon.Refresh();
        return daemon.WorkingSet64 / Starting.MiB;
    }

    // Nothing is selected: what is measured is the looking.
    private static Task WriteAsync(string config, WorldServer world, IReadOnlyList<string> logins)
    {
        var settings = world.Settings.ToDictionary(s => s.Key, object (s) => s.Value);
        settings["Channels:inbox:Enabled"] = logins.Count == 0;
        for (var i = 0; i < logins.Count; i++)
            settings[$"Channels:many:Sources:{i}"] = new { Type = "TwitchClips", Login = logins[i] };
        if (logins.Count > 0)
        {
            settings["Channels:many:Schedule:0"] = "0/10 * * * * ?";
            settings["Channels:many:Selection:MinViews"] = 1_000_000;
            settings["Channels:many:Destinations:0"] = new { Type = "Folder", Path = "outbox" };
        }
        return File.WriteAllTextAsync(config, JsonSerializer.Serialize(settings));
    }
}
