using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Discover and Select of one channel, with its row in the history of runs.</summary>
public sealed class ChannelRun(
    DiscoverStep discover,
    SelectStep select,
    ChannelPause pauses,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    TimeProvider time,
    ILogger<ChannelRun> log
)
{
    /// <returns>What to walk now, and when to look again.</returns>
    public async Task<ChannelRunResult> RunAsync(string channel, CancellationToken cancel)
    {
        if (!options.Value.Channels.TryGetValue(channel, out var settings) || !settings.Enabled)
            return new ChannelRunResult([], 0, null);
        if (await pauses.OfAsync(channel, cancel) is { } pause)
            return new ChannelRunResult([], 0, null) { Pause = pause };
        var started = time.GetUtcNow();
        await RememberChannelAsync(channel, started, cancel);
        var discovery = await discover.RunAsync(channel, settings, cancel);
        var problem = discovery.Problems.Count > 0 ? string.Join("; ", discovery.Problems) : null;
        var isNews = !IsSame(problem, await LastProblemAsync(channel, cancel));
        if (problem is not null)
            log.Log(
                isNews ? LogLevel.Warning : LogLevel.Debug,
                "Channel {Channel} could not look everywhere: {Problem}",
                channel,
                problem
            );
        var run = new Run
        {
            Channel = channel,
            StartedAt = started,
            Found = discovery.Items.Count,
            Problem = problem,
        };
        var selected = await select.RunAsync(run, isNews, settings, cancel);
        return new ChannelRunResult(selected, discovery.Items.Count, discovery.Again) { Problem = problem };
    }

    /// <summary>Replaces what the latest run has lost to bad clips since. Safe to call at any time.</summary>
    /// <returns>What to walk now.</returns>
    public async Task<IReadOnlyList<ItemId>> TopUpAsync(string channel, CancellationToken cancel)
    {
        if (!options.Value.Channels.TryGetValue(channel, out var settings) || !settings.Enabled)
            return [];
        if (await pauses.OfAsync(channel, cancel) is not null)
            return [];
        var selected = await select.TopUpAsync(channel, settings, cancel);
        if (selected.Count > 0)
            log.LogInformation(
                "Channel {Channel}: {Count} more clips are taken in the place of those that turned out bad",
                channel,
                selected.Count
            );
        return selected;
    }

    /// <summary>The same for all channels: what a process did not come to, because it was killed.</summary>
    public async Task TopUpAllAsync(CancellationToken cancel)
    {
        foreach (var channel in options.Value.Channels.Keys)
            await TopUpAsync(channel, cancel);
    }

    private async Task<string?> LastProblemAsync(string channel, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
            .Runs.Where(r => r.Channel == channel)
            .OrderByDescending(r => r.Id)
            .Select(r => r.Problem)
            .FirstOrDefaultAsync(cancel);
    }

    // Times and counts in it change while the trouble is the same.
    private static bool IsSame(string? one, string? other) =>
        (one is null) == (other is null)
        && (one ?? "").Where(c => !char.IsDigit(c)).SequenceEqual((other ?? "").Where(c => !char.IsDigit(c)));

    private async Task RememberChannelAsync(string channel, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Channels.AnyAsync(c => c.Name == channel, cancel))
            return;
        db.Channels.Add(new Channel { Name = channel, FirstSeenAt = now });
        await db.SaveChangesAsync(cancel);
    }
}

/// <param name="Selected">Items to walk, best first.</param>
/// <param name="Found">New items.</param>
/// <param name="LookAgainAfter">Something will be ready in this time; null: nothing known.</param>
public sealed record ChannelRunResult(IReadOnlyList<ItemId> Selected, int Found, TimeSpan? LookAgainAfter)
{
    /// <summary>Where it could not look; null: everywhere it did.</summary>
    public string? Problem { get; init; }

    /// <summary>It is paused and has done nothing; null: it is not.</summary>
    public Hold? Pause { get; init; }
}
