using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>
/// Channels that a person has paused: no look, download, encode or post of theirs begins, what is at work ends its stage.
/// Kept as a door like others, so that it outlives restarts and `holds` tells and opens it.
/// </summary>
public sealed class ChannelPause(Holds holds)
{
    private const string Prefix = "channel:";

    public static string Door(string channel) => Prefix + channel;

    /// <returns>Which channel this door is of; null: it is another kind of door.</returns>
    public static string? ChannelOf(string scope) =>
        scope.StartsWith(Prefix, StringComparison.Ordinal) ? scope[Prefix.Length..] : null;

    /// <returns>Who has paused the channel, and since when; null: it works.</returns>
    public Task<Hold?> OfAsync(string channel, CancellationToken cancel) => holds.FirstAsync([Door(channel)], cancel);

    /// <param name="channel">As the configuration spells it.</param>
    /// <param name="by">Whoever wants it; kept with it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task PauseAsync(string channel, AuditEntry by, CancellationToken cancel) =>
        holds.ShutAsync(Door(channel), $"paused by {by.Who}", until: null, cancel, by);

    /// <summary>Its items go on within a minute, and it looks for what came meanwhile if it was to.</summary>
    /// <returns>False: it was not paused.</returns>
    public Task<bool> ResumeAsync(string channel, AuditEntry by, CancellationToken cancel) =>
        holds.ReleaseAsync(Door(channel), cancel, by);

    /// <returns>Every channel that is paused now, by name.</returns>
    public static async Task<IReadOnlyDictionary<string, Hold>> AllAsync(
        ShortsDb db,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var shut = await Holds.Shut(db, now).Where(h => h.Scope.StartsWith(Prefix)).ToListAsync(cancel);
        return shut.ToDictionary(h => h.Scope[Prefix.Length..], StringComparer.OrdinalIgnoreCase);
    }
}
