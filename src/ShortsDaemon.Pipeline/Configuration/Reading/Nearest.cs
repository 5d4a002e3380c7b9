namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Finds the word somebody probably meant.</summary>
internal static class Nearest
{
    /// <returns>"Did you mean X?", or an empty text when nothing is near.</returns>
    public static string Hint(string written, IEnumerable<string> known) =>
        To(written, known) is { } word ? $"Did you mean {word}?" : "";

    public static string? To(string written, IEnumerable<string> known)
    {
        var allowed = Math.Max(1, written.Length / 3);
        return known
            .Select(word => (word, distance: Distance(written.ToUpperInvariant(), word.ToUpperInvariant())))
            .Where(found => found.distance <= allowed)
            .OrderBy(found => found.distance)
            .Select(found => found.word)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    internal static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        for (var j = 1; j <= b.Length; j++)
            cost[i, j] = Step(cost, a, b, i, j);
        return cost[a.Length, b.Length];
    }

    private static int Step(int[,] cost, string a, string b, int i, int j)
    {
        var replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
    }
}
