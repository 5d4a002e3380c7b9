using System.Text;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>
/// Full-text search over title, broadcaster, creator and game of the items. The table ItemText and the triggers that keep it
/// are made by the migration of that name.
/// </summary>
public static class TextSearch
{
    private const int MostWords = 10;

    // So long are the beginnings that have an index of their own; without one, all words that begin so are put together first.
    private const int LongestBeginning = 16;

    /// <summary>What somebody typed as an FTS5 expression: every word has to be there, the last may go on.</summary>
    /// <returns>Null: there is no word in it.</returns>
    public static string? Match(string typed)
    {
        // In quotation marks, for NOT, OR and NEAR are words too; nothing else that has a meaning is left in them.
        var words = WordsOf(typed).Take(MostWords).ToList();
        if (words.Count == 0)
            return null;
        var match = string.Join(' ', words.Select(word => $"\"{word}\""));
        return words[^1].EnumerateRunes().Count() <= LongestBeginning ? match + "*" : match;
    }

    // As FTS5 does it: of two words in one pair of marks it would make a phrase, which this index does not know.
    private static IEnumerable<string> WordsOf(string typed)
    {
        var word = new StringBuilder();
        foreach (var rune in typed.EnumerateRunes().Where(rune => !IsAccent(rune)).Append(new Rune(' ')))
            if (IsInWord(rune))
            {
                word.Append(rune.ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
    }

    // One that stands behind its letter; the index is without accents.
    private static bool IsAccent(Rune rune) => rune.Value is >= 0x300 and <= 0x36F;

    private static bool IsInWord(Rune rune) =>
        (Rune.IsLetter(rune) || Rune.IsNumber(rune))
        // Letters only since a later edition of Unicode than SQLite's: some of New Tai Lue, and two of Vedic.
        && rune.Value is not ((>= 0x19B0 and <= 0x19C9) or 0x1CF2 or 0x1CF3);

    /// <param name="db">The database.</param>
    /// <param name="match">See <see cref="Match"/>.</param>
    /// <param name="before">Only items found before this one; null: any.</param>
    /// <param name="most">As many of the newest, at most.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The items that have all the words, newest first.</returns>
    public static async Task<IReadOnlyList<ItemId>> FindAsync(
        this ShortsDb db,
        string match,
        ItemId? before,
        int most,
        CancellationToken cancel
    )
    {
        var below = before?.Value ?? long.MaxValue;
        var found = await db
            .Database.SqlQuery<long>(
                $"SELECT rowid AS Value FROM ItemText WHERE ItemText MATCH {match} AND rowid < {below} ORDER BY rowid DESC LIMIT {most}"
            )
            .ToListAsync(cancel);
        return [.. found.Select(id => new ItemId(id))];
    }

    /// <returns>These items, for further conditions: each of them is looked up, however tempting an index looks.</returns>
    public static IQueryable<Item> Among(this ShortsDb db, IReadOnlyList<ItemId> ids)
    {
        var list = $"[{string.Join(',', ids)}]";
        return db.Items.FromSql($"SELECT i.* FROM json_each({list}) AS one CROSS JOIN Items AS i ON i.Id = one.value");
    }
}
