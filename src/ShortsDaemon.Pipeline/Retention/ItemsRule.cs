using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>
/// Items that ended long ago without a promise to any destination. Whatever keeps something from being posted twice stays:
/// everything that was ever promised anywhere, whatever it was the repeat of, and what a source could bring again.
/// </summary>
internal sealed class ItemsRule(IDbContextFactory<ShortsDb> databases, TimeProvider time) : IRetentionRule
{
    private const int AtOnce = 50;

    public async Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-options.ItemDays);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var gone = (
            await Forgettable(db, before)
                .Select(i => new
                {
                    i.Id,
                    i.Source,
                    i.Location,
                })
                .OrderBy(i => i.Id)
                .ToListAsync(cancel)
        ).Where(i => !MayComeBack(i.Source, i.Location)).Select(i => i.Id).ToList();
        return gone.Count == 0
            ? []
            :
            [
                new Leftover(
                    "history",
                    "items that ended unpublished",
                    $"they ended more than {options.ItemDays} days ago, and no source can bring them again",
                    gone.Count,
                    0
                )
                {
                    RemoveAsync = token => RemoveAsync(gone, before, token),
                },
            ];
    }

    private async Task<bool> RemoveAsync(List<ItemId> gone, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var some in gone.Chunk(AtOnce).Select(chunk => chunk.ToList()))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // Asked again: something may have begun with one of them meanwhile.
            var still = await Forgettable(db, before)
                .Where(i => some.Contains(i.Id))
                .Select(i => i.Id)
                .ToListAsync(cancel);
            await db.Attempts.Where(a => still.Contains(a.ItemId)).ExecuteDeleteAsync(cancel);
            await db.Decisions.Where(d => still.Contains(d.ItemId)).ExecuteDeleteAsync(cancel);
            await db.Renditions.Where(r => still.Contains(r.ItemId)).ExecuteDeleteAsync(cancel);
            await Forgettable(db, before).Where(i => still.Contains(i.Id)).ExecuteDeleteAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        return true;
    }

    // By its place in time too: the longest look back of a platform is shorter than the shortest ItemDays.
    private static IQueryable<Item> Forgettable(ShortsDb db, DateTimeOffset before) =>
        StoryRule
            .Ended(db)
            .Where(i => i.State != ItemState.Published)
            .Where(i => i.ChangedAt < before && i.DiscoveredAt < before && i.RecordedAt < before)
            .Where(i => !db.Publications.Any(p => p.ItemId == i.Id))
            .Where(i => !db.Items.Any(o => o.DuplicateOf == i.Id))
            .Where(i => i.DuplicateOf == null || !db.Publications.Any(p => p.ItemId == i.DuplicateOf));

    /// <summary>A recording that still lies there would be found anew; so would all of a disk that is away just now.</summary>
    private static bool MayComeBack(string source, string location) =>
        source.StartsWith(FolderSource.TypeName + ":", StringComparison.Ordinal)
        && (Path.Exists(location) || !Directory.Exists(source[(FolderSource.TypeName.Length + 1)..]));
}
