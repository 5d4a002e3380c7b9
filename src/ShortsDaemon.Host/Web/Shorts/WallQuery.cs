using System.Globalization;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>What of the Shorts somebody wants to see, as it stands in the address.</summary>
/// <param name="State">Only items that stand there; null: any.</param>
/// <param name="Channel">Only this channel; null: any.</param>
/// <param name="Words">To be found in title, broadcaster, creator or game; empty: any.</param>
/// <param name="Before">Only items found before this one; null: from the newest on.</param>
public sealed record WallQuery(ItemState? State, string? Channel, string Words, ItemId? Before)
{
    private const int LongestWords = 200;

    /// <summary>What makes no sense is left out: an address may be old, or typed.</summary>
    public static WallQuery Of(IQueryCollection query) =>
        new(StateOf(query["state"]), NotEmpty(query["channel"]), Short(query["q"]), IdOf(query["before"]));

    public bool IsFiltered => State is not null || Channel is not null;

    /// <returns>The address of this, from the newest on or before an item.</returns>
    public string Address(ItemId? before = null)
    {
        Dictionary<string, string?> parts = new(StringComparer.Ordinal)
        {
            ["q"] = NotEmpty(Words),
            ["state"] = State?.ToString(),
            ["channel"] = Channel,
            ["before"] = before?.ToString(),
        };
        return "/shorts" + QueryString.Create(parts.Where(part => part.Value is not null));
    }

    private static ItemState? StateOf(string? text) =>
        Enum.GetValues<ItemState>().Cast<ItemState?>().FirstOrDefault(state => state.ToString() == text);

    private static ItemId? IdOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new ItemId(id) : null;

    private static string Short(string? text)
    {
        var words = (text ?? "").Trim();
        return words.Length > LongestWords ? words[..LongestWords] : words;
    }

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
