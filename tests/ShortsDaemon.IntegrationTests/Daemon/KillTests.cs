using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>Power cuts, as far as a process can tell: SIGKILL at random moments, then it is left to finish.</summary>
public sealed class KillTests : DaemonTests
{
    private static readonly string[] Moments =
    [
        "ShortsDaemon works in",
        "Shorts are encoded by",
        "Found '",
        "Download of '",
        "Render of '",
        "Gate of '",
        "Published '",
        "Publish of '",
        "items go on where they stood",
    ];

    [Test]
    public async Task Killed_again_and_again_it_makes_exactly_one_Short_of_each_good_recording()
    {
        var (kills, good, bad) = Torture.IsLong ? (220, 55, 5) : (6, 3, 2);
        var seed = Seed();
        TestContext.Progress.WriteLine($"kill test: seed {seed}, {kills} kills, {good} good and {bad} bad recordings");
        var random = new Random(seed);
        for (var i = 0; i < bad; i++)
            await Sandbox.LayAsync(Path.Combine(Box.Inbox, $"bad {i}.mp4"), RandomBytes(random));
        var names = Enumerable.Range(0, good).Select(i => $"good {i}").ToList();

        await KillAsync(kills, random, names);
        await using var last = await Box.StartedAsync();
        await Box.EndedAsync(good + bad, 60 + 12 * good);
        await Poll.UntilAsync(() => !Directory.EnumerateFileSystemEntries(Box.Work).Any(), "an empty work folder", 10);
        Assert.That(await last.StopAsync(), Is.Zero, Box.Story());

        await AssertOneEachAsync(names, bad);
        Box.AssertTidy();
    }

    private async Task KillAsync(int kills, Random random, List<string> names)
    {
        var dropped = 0;
        var clock = Stopwatch.StartNew();
        for (var kill = 1; kill <= kills; kill++)
        {
            // New recordings come in all the time, so that every kill meets work.
            for (; dropped < names.Count && dropped <= kill * names.Count / kills; dropped++)
                await Box.DropAsync($"{names[dropped]}.mp4", dropped);
            await using var daemon = Box.Start();
            await LiveAsync(daemon, random);
            daemon.Send(Signals.Kill);
            await daemon.EndAsync();
            if (kill % 20 == 0)
                TestContext.Progress.WriteLine(
                    $"{kill} kills in {clock.Elapsed:mm\\:ss}, {Box.Shorts().Length} Shorts"
                );
        }
        for (; dropped < names.Count; dropped++)
            await Box.DropAsync($"{names[dropped]}.mp4", dropped);
    }

    /// <summary>Half of the lives end some time, half of them right after something was said.</summary>
    private static async Task LiveAsync(DaemonProcess daemon, Random random)
    {
        using var over = new CancellationTokenSource();
        if (random.Next(2) == 0)
        {
            over.CancelAfter(random.Next(20, 8000));
        }
        else
        {
            var moment = Moments[random.Next(Moments.Length)];
            var delay = random.Next(3) == 0 ? 0 : random.Next(300);
            daemon.Wrote += line =>
            {
                if (line.Contains(moment, StringComparison.Ordinal))
                    over.CancelAfter(delay);
            };
            over.CancelAfter(20_000);
        }
        await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AssertOneEachAsync(List<string> names, int bad)
    {
        var shorts = Box.Shorts();
        await using var db = Box.OpenDatabase();
        var publications = await db.Publications.AsNoTracking().ToListAsync();
        var states = (await db.Items.AsNoTracking().ToListAsync()).CountBy(i => i.State).ToDictionary();
        Assert.Multiple(() =>
        {
            Assert.That(shorts.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(names));
            Assert.That(
                publications.Select(p => (p.RemoteId, p.Sha256)),
                Is.EquivalentTo(shorts.Select(s => (s, Hash(s))))
            );
            Assert.That(states.GetValueOrDefault(ItemState.Published), Is.EqualTo(names.Count));
            Assert.That(states.GetValueOrDefault(ItemState.Rejected), Is.EqualTo(bad));
            foreach (var ending in (string[])[".jpg", ".json"])
                Assert.That(shorts.Select(s => Path.ChangeExtension(s, ending)), Has.All.Exist);
        });
    }

    internal static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(100, 50_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static int Seed() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("SHORTSDAEMON_SEED"),
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : Random.Shared.Next();
}
