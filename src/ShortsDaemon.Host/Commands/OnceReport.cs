using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>What a `once` has brought.</summary>
internal static class OnceReport
{
    /// <returns>Done, when nothing failed or is left to be tried again.</returns>
    public static async Task<int> WriteAsync(
        ServiceProvider services,
        IReadOnlyList<string> channels,
        DateTimeOffset since,
        bool json,
        CancellationToken cancel
    )
    {
        await using var db = await services
            .GetRequiredService<IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync(cancel);
        var items = await db
            .Items.AsNoTracking()
            .Where(i => channels.Contains(i.Channel) && i.ChangedAt >= since)
            .OrderBy(i => i.Id)
            .ToListAsync(cancel);
        var ids = items.Select(i => i.Id).ToList();
        var places = await db.Publications.Where(p => ids.Contains(p.ItemId)).ToListAsync(cancel);
        if (json)
            JsonOutput.Write(items.Select(i => Describe(i, places)));
        else
            Print(items, places);
        return items.Any(i => i.State == ItemState.Failed || ItemStates.Working.Contains(i.State))
            ? ExitCode.Failed
            : ExitCode.Done;
    }

    private static object Describe(Item item, List<Publication> places) =>
        new
        {
            Item = item.Id.Value,
            item.Channel,
            item.Title,
            item.State,
            item.Reason,
            item.NotBefore,
            Published = places.Where(p => p.ItemId == item.Id).Select(p => p.RemoteId),
        };

    private static void Print(List<Item> items, List<Publication> places)
    {
        if (items.Count == 0)
            Console.WriteLine("Nothing new.");
        foreach (var item in items)
        {
            var where = string.Join(", ", places.Where(p => p.ItemId == item.Id).Select(p => p.RemoteId));
            Console.WriteLine(
                $"{item.Id, 5}  {item.State, -10} {item.Title}: {(where.Length > 0 ? where : item.Reason)}"
            );
        }
    }
}
