using NUnit.Framework;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>One round over a thousand broadcasters: what it costs Twitch, and what it costs us.</summary>
[NonParallelizable] // this process's memory is measured
internal sealed class ThousandBroadcastersTests
{
    private const int Broadcasters = 1000;
    private const int AtOnce = 64;

    private TwitchBench _bench = null!;
    private string[] _logins = null!;

    [SetUp]
    public async Task SetUp()
    {
        _bench = await TwitchBench.OverWorldAsync();
        _logins = [.. Enumerable.Range(0, Broadcasters).Select(i => $"login{i}")];
        var games = Enumerable.Range(0, 30).Select(i => _bench.Twitch.AddGame($"Game {i}")).ToList();
        for (var i = 0; i < Broadcasters; i++)
        {
            _bench.Twitch.AddBroadcaster(_logins[i]);
            for (var clip = 0; clip < (i % 100 == 0 ? 130 : 6); clip++)
                _bench.Twitch.AddClip(
                    _logins[i],
                    new($"clip {clip} of {i}", _bench.Now.AddMinutes(-10 * clip)) { Game = games[(i + clip) % 30] }
                );
        }
        _bench.Configure(_logins);
    }

    [TearDown]
    public async Task TearDown() => await _bench.DisposeAsync();

    [Test]
    public async Task A_round_stays_within_calls_points_and_memory()
    {
        var found = await RoundAsync();
        Assert.That(found, Is.EqualTo(990 * 6 + 10 * 130));
        Report("first round");

        var (before, calls) = (Settled(), Calls);
        var highest = before;
        using var watch = new Timer(_ => highest = Math.Max(highest, GC.GetTotalMemory(false)), null, 0, 20);
        _bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await RoundAsync();
        var grown = (highest - before) / 1048576.0;
        TestContext.Out.WriteLine(
            $"second round: {(Calls - calls) / (double)Broadcasters:0.000} calls each, {grown:0.0} MiB"
        );
        Assert.That(Calls - calls, Is.LessThanOrEqualTo(1.2 * Broadcasters));
        Assert.That(grown, Is.LessThanOrEqualTo(60));
        AssertPointsPerMinute();
    }

    private int Calls => _bench.World!.Calls.All.Count;

    private void Report(string round)
    {
        var each = Calls / (double)Broadcasters;
        var users = _bench.World!.Calls.Of("twitch.users").Count;
        var games = _bench.World.Calls.Of("twitch.games").Count;
        TestContext.Out.WriteLine($"{round}: {each:0.000} calls each, users {users}, games {games}");
        Assert.That(each, Is.LessThanOrEqualTo(1.2));
        Assert.That(users, Is.EqualTo(10));
        Assert.That(_bench.World.Calls.Of("twitch.token"), Has.Count.EqualTo(1));
    }

    private void AssertPointsPerMinute()
    {
        var times = _bench
            .World!.Calls.All.Where(c => c.Operation != "twitch.token")
            .Select(c => c.At)
            .Order()
            .ToList();
        var (busiest, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= TimeSpan.FromMinutes(1))
                first++;
            busiest = Math.Max(busiest, last - first + 1);
        }
        TestContext.Out.WriteLine($"busiest minute: {busiest} points");
        Assert.That(busiest, Is.LessThanOrEqualTo(645), "80 % of 800, and what the clock's steps add");
        Assert.That(_bench.World.Calls.All.Select(c => c.Status), Is.All.EqualTo(200));
    }

    private async Task<int> RoundAsync()
    {
        var found = 0;
        var round = Parallel.ForEachAsync(
            _logins,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (login, _) => Interlocked.Add(ref found, await LookAsync(login))
        );
        await _bench.RunAsync(round);
        return found;
    }

    private async Task<int> LookAsync(string login)
    {
        var listing = await _bench.Source.ListAsync(_bench.OptionsOf(login), CancellationToken.None);
        return listing.Clips.Count;
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
