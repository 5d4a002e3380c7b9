using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Questions that more than one place asks.</summary>
internal static class Queries
{
    /// <summary>The Short that counts; null when none was made.</summary>
    public static async Task<Rendition?> LatestRenditionAsync(
        this IDbContextFactory<ShortsDb> databases,
        ItemId item,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db
            .Renditions.AsNoTracking()
            .Where(r => r.ItemId == item)
            .OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync(cancel);
    }
}
