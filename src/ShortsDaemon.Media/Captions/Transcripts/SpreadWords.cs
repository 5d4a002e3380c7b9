using System.Globalization;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>Gives words times where only those of the whole are known: by their number of characters.</summary>
internal static class SpreadWords
{
    // A pause, however short, belongs to each word.
    private const int PauseLength = 1;

    public static IEnumerable<Word> Over(string text, TimeSpan start, TimeSpan end) =>
        Over(CaptionText.Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries), start, end);

    /// <summary>The parts of one word, or the words of one cue.</summary>
    public static IEnumerable<Word> Over(IReadOnlyList<string> parts, TimeSpan start, TimeSpan end)
    {
        var lengths = parts.Select(part => new StringInfo(part).LengthInTextElements + PauseLength).ToList();
        double all = lengths.Sum();
        var before = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var from = start + (end - start) * (before / all);
            before += lengths[i];
            yield return new Word(parts[i], from, start + (end - start) * (before / all));
        }
    }
}
