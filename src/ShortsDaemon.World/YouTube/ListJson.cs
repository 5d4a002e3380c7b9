using System.Globalization;
using System.Text.Json.Nodes;

namespace ShortsDaemon.World.YouTube;

/// <summary>An answer with items, whole or in pages.</summary>
internal static class ListJson
{
    public static JsonObject Of(string kind, IReadOnlyCollection<JsonObject> items, YouTubeRules rules)
    {
        var json = Head(kind, items.Count, Math.Max(items.Count, 1));
        AddItems(json, items, rules);
        return json;
    }

    /// <param name="kind">For instance youtube#playlistItemListResponse.</param>
    /// <param name="all">Every item; only those of the page are made.</param>
    /// <param name="call">Its maxResults (5, at most 50) and pageToken say which page.</param>
    /// <param name="rules">Whether empty items are left out.</param>
    public static JsonObject Page(string kind, IReadOnlyList<Func<JsonObject>> all, ApiCall call, YouTubeRules rules)
    {
        var size = Size(call.Query("maxResults"));
        var from = From(call.Query("pageToken"));
        var json = Head(kind, all.Count, size);
        if (from + size < all.Count)
            json["nextPageToken"] = Token(from + size);
        if (from > 0)
            json["prevPageToken"] = Token(Math.Max(0, from - size));
        AddItems(json, [.. all.Skip(from).Take(size).Select(make => make())], rules);
        return json;
    }

    private static JsonObject Head(string kind, int total, int perPage) =>
        new()
        {
            ["kind"] = kind,
            ["etag"] = "world",
            ["pageInfo"] = new JsonObject { ["totalResults"] = total, ["resultsPerPage"] = perPage },
        };

    private static void AddItems(JsonObject json, IReadOnlyCollection<JsonObject> items, YouTubeRules rules)
    {
        if (items.Count > 0 || !rules.OmitsEmptyItems)
            json["items"] = new JsonArray([.. items]);
    }

    private static int Size(string? text)
    {
        if (text is null)
            return 5;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var size) && size is >= 0 and <= 50
            ? Math.Max(size, 1)
            : throw new ApiException(ApiRefusal.BadRequest("invalidParameter", "maxResults must be 0 to 50."));
    }

    private static string Token(int from) => $"CW{from:x6}";

    private static int From(string? token)
    {
        if (token is null)
            return 0;
        return
            token.StartsWith("CW", StringComparison.Ordinal)
            && int.TryParse(token.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var from)
            ? from
            : throw new ApiException(ApiRefusal.BadRequest("invalidPageToken", "The pageToken is invalid."));
    }
}
