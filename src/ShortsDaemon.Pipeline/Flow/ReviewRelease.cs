using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Lets those go on that wait for an approval which their channel wants no more.</summary>
public sealed class ReviewRelease(
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    TimeProvider time,
    ILogger<ReviewRelease> log
)
{
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var channels = await db
            .Items.Where(i => i.State == ItemState.Review)
            .Select(i => i.Channel)
            .Distinct()
            .ToListAsync(cancel);
        // One that has left the configuration may come back as it was.
        var free = channels.FindAll(name => options.Value.Channels.GetValueOrDefault(name) is { Review: false });
        return free.Count == 0 ? 0 : await ReleaseAsync(db, free, cancel);
    }

    private async Task<int> ReleaseAsync(ShortsDb db, List<string> channels, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var items = await db
            .Items.Where(i => i.State == ItemState.Review && channels.Contains(i.Channel))
            .ToListAsync(cancel);
        var now = time.GetUtcNow();
        foreach (var item in items)
        {
            db.Attempts.Add(
                new Attempt
                {
                    ItemId = item.Id,
                    Stage = ItemState.Review,
                    StartedAt = now,
                    EndedAt = now,
                    Result = AttemptResult.Advanced,
                    Reason = "its channel wants no approval any more",
                }
            );
            item.Enter(ItemState.Publish);
            (item.ChangedAt, item.NotBefore) = (now, null);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("{Count} items need no approval any more and go on", items.Count);
        return items.Count;
    }
}
