using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>Reads the query of a request; every mistake is kept.</summary>
internal sealed class ApiQuery
{
    private const int MostEntries = 100;
    private const int FewEntries = 20;

    private static readonly string[] States = Enum.GetNames<ItemState>();

    private readonly IQueryCollection _query;
    private readonly List<WrongValue> _wrong = [];

    /// <param name="query">The query.</param>
    /// <param name="keys">All that may stand there: a mistyped filter must not show everything.</param>
    public ApiQuery(IQueryCollection query, params string[] keys)
    {
        _query = query;
        foreach (var key in query.Keys.Except(keys, StringComparer.OrdinalIgnoreCase))
            Refuse(key, $"'{key}' is not known here.", $"There are: {string.Join(", ", keys)}.");
    }

    public IReadOnlyList<WrongValue> Wrong => _wrong;

    /// <returns>Null: it is not there.</returns>
    public string? Text(string key) => _query[key].ToString() is { Length: > 0 } text ? text : null;

    /// <returns>A whole number between the two; the fallback when it is not there.</returns>
    public long? Number(string key, long? fallback, long least, long most)
    {
        if (Text(key) is not { } text)
            return fallback;
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= least && number <= most)
            return number;
        var range = most == long.MaxValue ? $"from {least} on" : $"from {least} to {most}";
        Refuse(key, $"'{text}' is no whole number {range}.", $"Give a whole number {range}.");
        return fallback;
    }

    public ItemState? State(string key)
    {
        if (Text(key) is not { } text)
            return null;
        // By name only: a number would be taken for the place in the list.
        if (States.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<ItemState>(text, ignoreCase: true);
        Refuse(key, $"'{text}' is no state.", $"There are: {string.Join(", ", States)}.");
        return null;
    }

    /// <returns>
    /// The channels of that name, null: any. Names may differ in their letters' case, and a channel that has left the
    /// configuration is still known.
    /// </returns>
    public async Task<List<string>?> ChannelsAsync(ShortsDb db, CancellationToken cancel)
    {
        if (Text("channel") is not { } wanted)
            return null;
        var all = await db.Channels.AsNoTracking().Select(c => c.Name).OrderBy(name => name).ToListAsync(cancel);
        var found = all.FindAll(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (found.Count == 0)
            Refuse("channel", $"There is no channel '{wanted}'.", $"There are: {string.Join(", ", all)}.");
        return found;
    }

    /// <returns>Before which id the page begins; null: at the newest.</returns>
    public long? Before() => Number("before", null, 1, long.MaxValue);

    /// <returns>How many a page has at most.</returns>
    public int Limit() => (int)Number("limit", FewEntries, 1, MostEntries)!.Value;

    /// <param name="request">That was asked.</param>
    /// <param name="before">Where the next page begins.</param>
    /// <returns>Its address; null: there is none.</returns>
    public static string? NextAddress(HttpRequest request, string? before)
    {
        if (before is null)
            return null;
        var kept = request
            .Query.Where(value => !value.Key.Equals("before", StringComparison.OrdinalIgnoreCase))
            .Select(value => KeyValuePair.Create(value.Key, (string?)value.Value.ToString()));
        return request.Path + QueryString.Create([.. kept, KeyValuePair.Create("before", (string?)before)]);
    }

    public void Refuse(string key, string what, string mend) => _wrong.Add(new WrongValue(key, what, mend));
}
