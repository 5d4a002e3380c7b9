using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Discover;

/// <summary>Brings known clips up to date: views grow, and the recording of the stream shows up minutes after the clip.</summary>
internal static class ClipRefresh
{
    public static async Task RunAsync(
        IDbContextFactory<ShortsDb> databases,
        IReadOnlyList<KnownClip> known,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var clips = known.DistinctBy(clip => clip.Id).ToDictionary(clip => clip.Id, clip => clip.Now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Takes the right to write at once: the candidates must not be picked between reading and writing them.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ids = clips.Keys.ToList();
        var candidates = await db
            .Items.Where(i => ids.Contains(i.Id) && i.State == ItemState.Candidate && i.Origin != null)
            .ToListAsync(cancel);
        foreach (var item in candidates)
            Refresh(item, clips[item.Id], now);
        await db.SaveChangesAsync(cancel);
        var others = clips.Where(clip => clip.Value.Origin!.VideoId.Length > 0).ToDictionary();
        await LinkAsync(db, [.. others.Keys.Except(candidates.Select(i => i.Id))], others, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static void Refresh(Item item, FoundClip clip, DateTimeOffset now)
    {
        var (known, told) = (item.Origin!, clip.Origin!);
        if (item.Title != clip.Title || known.Views != told.Views)
            item.ChangedAt = now;
        item.Title = clip.Title;
        known.Views = told.Views;
        known.Broadcaster = told.Broadcaster;
        if (told.Game.Length > 0)
            (known.GameId, known.Game) = (told.GameId, told.Game);
        // Once the recording is deleted Twitch tells no more of it; what we know of the moment stays true.
        if (told.VideoId.Length > 0)
            (known.VideoId, known.VodOffsetSeconds) = (told.VideoId, told.VodOffsetSeconds);
    }

    // Of a clip that is under way or done only the moment is still of use, to know another clip of it. Set beside the item's
    // version: a stage that works on it right now must not stumble over that.
    private static async Task LinkAsync(
        ShortsDb db,
        IReadOnlyList<ItemId> ids,
        Dictionary<ItemId, FoundClip> clips,
        CancellationToken cancel
    )
    {
        var unlinked = await db
            .Items.Where(i => ids.Contains(i.Id) && i.Origin != null && i.Origin.VideoId == "")
            .Select(i => i.Id)
            .ToListAsync(cancel);
        foreach (var id in unlinked)
        {
            var told = clips[id].Origin!;
            await db
                .Items.Where(i => i.Id == id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.Origin!.VideoId, told.VideoId)
                            .SetProperty(i => i.Origin!.VodOffsetSeconds, told.VodOffsetSeconds),
                    cancel
                );
        }
    }
}
