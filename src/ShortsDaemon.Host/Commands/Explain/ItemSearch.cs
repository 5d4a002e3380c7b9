using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Finds the item a person means.</summary>
internal static class ItemSearch
{
    /// <summary>Most items that are worth listing.</summary>
    public const int Most = 30;

    /// <returns>The items that fit best, newest first: by number, else by whole title or file name, else by a part of the title.</returns>
    public static async Task<IReadOnlyList<Item>> FindAsync(ShortsDb db, string wanted, CancellationToken cancel)
    {
        var items = db.Items.AsNoTracking().Where(i => i.Id != CanaryItem.Id);
        if (long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var id = new ItemId(number);
            if (await items.SingleOrDefaultAsync(i => i.Id == id, cancel) is { } item)
                return [item];
        }
        var text = Escape(Path.GetFileName(wanted) is { Length: > 0 } name ? name : wanted);
        var whole = await ListAsync(
            items.Where(i =>
                EF.Functions.Like(i.Title, text, "\\") || EF.Functions.Like(i.Location, "%/" + text, "\\")
            ),
            cancel
        );
        if (whole.Count > 0)
            return Path.IsPathFullyQualified(wanted) ? Exact(whole, wanted) : whole;
        return await ListAsync(items.Where(i => EF.Functions.Like(i.Title, $"%{text}%", "\\")), cancel);
    }

    private static async Task<IReadOnlyList<Item>> ListAsync(IQueryable<Item> items, CancellationToken cancel) =>
        await items.OrderByDescending(i => i.Id).Take(Most).ToListAsync(cancel);

    private static IReadOnlyList<Item> Exact(IReadOnlyList<Item> items, string path) =>
        items.Where(i => i.Location == path).ToList() is { Count: > 0 } exact ? exact : items;

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
}
