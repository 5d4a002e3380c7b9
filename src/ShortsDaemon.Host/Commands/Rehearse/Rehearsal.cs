using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>One rehearsal: sets the stage, lets the daemon run, reports.</summary>
internal sealed class Rehearsal(
    RehearsalPlan plan,
    RehearsalFolder folder,
    WorldServer world,
    ShortsOptions options,
    bool json
)
{
    // Of the asked time, for the first publication.
    private const int LongestTimes = 3;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        Say(
            $"Rehearsing for {plan.Length.TotalMinutes:0.#} min in '{folder.Root}'; the platforms are at {world.Address}"
        );
        await new RehearsalAccounts(folder, world).MakeAsync(options, cancel);
        var logins = Logins();
        var clips = new RehearsalClips(world.Twitch, logins, TimeProvider.System);
        clips.Begin();
        var watch = Stopwatch.StartNew();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var streaming = clips.GoOnAsync(over.Token);
        var kills = await RunDaemonAsync(cancel);
        await over.CancelAsync();
        await streaming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await ReportAsync(watch.Elapsed.TotalSeconds, kills, cancel);
    }

    /// <returns>How often it was killed.</returns>
    private async Task<int> RunDaemonAsync(CancellationToken cancel)
    {
        var daemon = new DaemonChild([.. Arguments()], folder, line => Say(line));
        var share = plan.Length / (plan.Kills + 1);
        for (var kill = 0; kill < plan.Kills; kill++)
        {
            if (!await daemon.RunAsync(Task.Delay(share, TimeProvider.System, cancel), kill: true, cancel))
                return kill;
            Say("Killed the daemon; it starts again");
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await daemon.RunAsync(LastShareAsync(share, ended.Token), kill: false, cancel);
        await ended.CancelAsync();
        return plan.Kills;
    }

    // Without one publication the report would say nothing: a slow machine gets more time.
    private async Task LastShareAsync(TimeSpan share, CancellationToken cancel)
    {
        await Task.Delay(share, TimeProvider.System, cancel);
        var longest = Task.Delay(plan.Length * (LongestTimes - 1), TimeProvider.System, cancel);
        if (world.YouTube.Uploads.Count == 0)
            Say("Nothing is published yet: it goes on until something is");
        while (world.YouTube.Uploads.Count == 0 && !longest.IsCompleted)
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
    }

    private List<string> Logins() =>
        [
            .. options
                .Channels.Values.Where(c => c.Enabled)
                .SelectMany(c => c.Sources.OfType<TwitchClipsSourceOptions>())
                .Select(s => s.Login)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private IEnumerable<string> Arguments() =>
        plan
            .Files.SelectMany(file => new[] { "--config", file })
            .Concat(["--data", folder.Data])
            .Concat(plan.Overrides.SelectMany(value => new[] { "--set", value }));

    private async Task<int> ReportAsync(double seconds, int kills, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(
            new StorageOptions { ConnectionString = $"Data Source={folder.Database}" }
        );
        if (!database.Exists)
        {
            await Console.Error.WriteLineAsync("The daemon never came to work; see its lines above.");
            return ExitCode.Failed;
        }
        var report = await new RehearsalAudit(database.Content, world).ReadAsync(seconds, kills, cancel);
        if (json)
            JsonOutput.Write(report);
        else
            Console.WriteLine(string.Join('\n', report.Lines()));
        return report.IsClean ? ExitCode.Done : ExitCode.Failed;
    }

    // The report alone is standard output.
    private static void Say(string line) => Console.Error.WriteLine(line);
}
