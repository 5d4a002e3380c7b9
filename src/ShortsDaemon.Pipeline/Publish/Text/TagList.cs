namespace ShortsDaemon.Pipeline.Publish.Text;

/// <summary>Tags as platforms want them.</summary>
internal static class TagList
{
    /// <param name="tags">As they were written; those that turn out empty, double or too long for the room left are left out.</param>
    /// <param name="most">All of them together.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> tags, int most)
    {
        var kept = new List<string>();
        foreach (var tag in tags.Select(Clean).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
            if (Size([.. kept, tag]) <= most)
                kept.Add(tag);
        return kept;
    }

    /// <summary>Commas between them count, and two quotes for each that has a blank in it.</summary>
    public static int Size(IReadOnlyCollection<string> tags) =>
        tags.Sum(tag => tag.Length + (tag.Contains(' ', StringComparison.Ordinal) ? 2 : 0))
        + Math.Max(0, tags.Count - 1);

    // A comma would make two of one, and a leading # is what people write elsewhere.
    private static string Clean(string tag) =>
        CleanText.Line(tag.Replace(',', ' ').Replace('"', ' ')).TrimStart('#', ' ');
}
