using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.AfterRestore;

/// <summary>Opens what a restore has shut: each destination by itself, once all that is there has been read.</summary>
public sealed class ReadBack(
    PublisherCatalog publishers,
    RestoreLock restored,
    Holds holds,
    Alerts alerts,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    TimeProvider time,
    ILogger<ReadBack> log
)
{
    /// <summary>Rule of the alert; its subject is the destination.</summary>
    public const string LockedRule = "PublishLocked";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    // Clocks differ, and an upload may take its time.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);

    /// <summary>Goes on with what the latest restore has left to do. Not to be called twice at once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (await OpenAsync(cancel) is not { } restore)
            return;
        var destinations = Destinations();
        await DivideAsync(restore, destinations.Keys, cancel);
        var locked = await LockedAsync(cancel);
        foreach (var (name, place) in destinations)
            if (locked.Contains(PostingPlace.RestoreDoorOf(name)) && IsTime(restore, name, place.Destination))
                await TryAsync(restore, name, place, cancel);
        await EndAsync(restore, cancel);
    }

    private async Task<Restore?> OpenAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await db.Restores.AsNoTracking().Where(r => r.SettledAt == null).ToListAsync(cancel);
        // Restored twice: what neither of the backups knew is looked for.
        return open.Count == 0
            ? null
            : new Restore
            {
                Backup = open[^1].Backup,
                MadeAt = open.Min(r => r.MadeAt),
                RestoredAt = open.Max(r => r.RestoredAt),
            };
    }

    // Those of channels that are off, too: they may be switched on later.
    private Dictionary<string, Place> Destinations() =>
        options
            .Value.Channels.SelectMany(channel =>
                channel.Value.Destinations.Select(d => new Place(channel.Key, channel.Value, d))
            )
            .ToDictionary(place => place.Destination.NameIn(place.Channel), StringComparer.Ordinal);

    /// <summary>One door for all becomes one for each.</summary>
    private async Task DivideAsync(Restore restore, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var whole = await db.Holds.SingleOrDefaultAsync(h => h.Scope == PostingPlace.RestoreDoor, cancel);
        if (whole is null || names.Count == 0)
            return;
        var present = await db.Holds.Select(h => h.Scope).ToHashSetAsync(cancel);
        db.Holds.AddRange(
            names
                .Select(PostingPlace.RestoreDoorOf)
                .Where(scope => !present.Contains(scope))
                .Select(scope => new Hold
                {
                    Scope = scope,
                    Since = whole.Since,
                    Reason =
                        $"Restored from the backup '{restore.Backup}'; what has arrived there since is read back first",
                })
        );
        db.Holds.Remove(whole);
        await db.SaveChangesAsync(cancel);
    }

    private async Task<HashSet<string>> LockedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
            .Holds.Where(h => h.Scope.StartsWith(PostingPlace.RestoreDoor))
            .Select(h => h.Scope)
            .ToHashSetAsync(cancel);
    }

    // The list of a platform's uploads lags behind the uploads.
    private bool IsTime(Restore restore, string name, DestinationOptions destination)
    {
        var now = time.GetUtcNow();
        var lag = TimeSpan.FromMinutes(destination is PostingOptions ? options.Value.Backup.ReadBackAfterMinutes : 0);
        return now >= restore.RestoredAt + lag && (!_next.TryGetValue(name, out var next) || now >= next);
    }

    private async Task TryAsync(Restore restore, string name, Place place, CancellationToken cancel)
    {
        try
        {
            await RequireAccountAsync(place, cancel);
            var found = await publishers
                .Of(place.Destination.Type)
                .ReadBackAsync(name, place.Destination, restore.MadeAt - Margin, cancel);
            var unknown = await restored.KeepAsync(name, found, cancel);
            log.LogInformation(
                "{Destination} was read back: {Found} Shorts, {Unknown} of them unknown to the restored database",
                name,
                found.Count,
                unknown
            );
        }
        catch (Exception e) when (e is UnavailableException or IOException or UnauthorizedAccessException)
        {
            await WaitAsync(name, e, cancel);
            return;
        }
        await holds.ReleaseAsync(PostingPlace.RestoreDoorOf(name), cancel);
    }

    // A login that is over is mended by a person; asking again would only make it worse.
    private async Task RequireAccountAsync(Place place, CancellationToken cancel)
    {
        if (place.Destination is not PostingOptions posting)
            return;
        var account = PostingPlace.Of(options.Value, place.Channel, place.Settings, posting).Account;
        if (account is not null && await holds.FirstAsync([PostingPlace.AccountDoor(account)], cancel) is { } hold)
            throw new UnavailableException($"{hold.Scope} is held: {hold.Reason}");
    }

    private async Task WaitAsync(string name, Exception e, CancellationToken cancel)
    {
        var next = time.GetUtcNow() + Pause;
        _next[name] = e is NotYetException known && known.Until > next ? known.Until : next;
        var scope = PostingPlace.RestoreDoorOf(name);
        var reason =
            $"After the restore it cannot be read back what has arrived there, so nothing goes there: {e.Message.TrimEnd('.')}. "
            + $"It is tried again every few minutes; if you know that nothing is missing: ShortsDaemon holds release {scope}";
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db
            .Holds.Where(h => h.Scope == scope)
            .ExecuteUpdateAsync(h => h.SetProperty(x => x.Reason, reason), cancel);
        await alerts.RaiseAsync(LockedRule, name, AlertLevel.Critical, reason, cancel);
    }

    private async Task EndAsync(Restore restore, CancellationToken cancel)
    {
        if ((await LockedAsync(cancel)).Count > 0)
            return;
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db
            .Restores.Where(r => r.SettledAt == null)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.SettledAt, now), cancel);
        log.LogInformation("The restore of '{Backup}' is settled: everything may be published again", restore.Backup);
    }

    private sealed record Place(string Channel, ChannelOptions Settings, DestinationOptions Destination);
}
