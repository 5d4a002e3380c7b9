using Microsoft.Data.Sqlite;
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
        var started = time.GetUtcNow();
        await RememberChannelAsync(channel, started, cancel);
        var discovery = await discover.RunAsync(channel, settings, cancel);
        var selected = await select.RunAsync(channel, settings.Selection, cancel);
        var problem = discovery.Problems.Count > 0 ? string.Join("; ", discovery.Problems) : null;
        if (problem is not null)
            log.LogWarning("Channel {Channel} could not look everywhere: {Problem}", channel, problem);
        if (discovery.Items.Count > 0 || selected.Count > 0 || problem is not null)
            await TryKeepAsync(channel, started, discovery.Items.Count, selected.Count, problem, cancel);
        return new ChannelRunResult(selected, discovery.Items.Count, discovery.Again);
    }

    private async Task RememberChannelAsync(string channel, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Channels.AnyAsync(c => c.Name == channel, cancel))
            return;
        db.Channels.Add(new Channel { Name = channel, FirstSeenAt = now });
        await db.SaveChangesAsync(cancel);
    }

    // What was selected is committed: its jobs must be made even when this row of the history cannot be written.
    private async Task TryKeepAsync(
        string channel,
        DateTimeOffset started,
        int found,
        int selected,
        string? problem,
        CancellationToken cancel
    )
    {
        try
        {
            await KeepAsync(channel, started, found, selected, problem, cancel);
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            log.LogWarning("The run is missing in the history: {Reason}", e.GetBaseException().Message);
        }
    }

    private async Task KeepAsync(
        string channel,
        DateTimeOffset started,
        int found,
        int selected,
        string? problem,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Runs.Add(
            new Run
            {
                Channel = channel,
                StartedAt = started,
                EndedAt = time.GetUtcNow(),
                Found = found,
                Selected = selected,
                Problem = problem,
            }
        );
        await db.SaveChangesAsync(cancel);
    }
}

/// <param name="Selected">Items to walk, best first.</param>
/// <param name="Found">New items.</param>
/// <param name="LookAgainAfter">Something will be ready in this time; null: nothing known.</param>
public sealed record ChannelRunResult(IReadOnlyList<ItemId> Selected, int Found, TimeSpan? LookAgainAfter);
