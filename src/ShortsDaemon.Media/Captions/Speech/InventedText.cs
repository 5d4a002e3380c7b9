using ShortsDaemon.Media.Captions.Transcripts;

namespace ShortsDaemon.Media.Captions.Speech;

/// <summary>
/// Recognisers write something also where nobody speaks: a thank-you on silence, the same sentence over and over on music,
/// "[Music]". What gives itself away is taken out.
/// </summary>
public static class InventedText
{
    // From here on nobody speaks; below, only if the recogniser is not sure of the word either.
    private const double SurelyNoSpeech = 0.9;
    private const double ProbablyNoSpeech = 0.6;
    private const double Sure = 0.5;

    private const double QuietestSpeech = -50;
    private const double BelowLoudest = 40;
    private static readonly TimeSpan AroundWord = TimeSpan.FromMilliseconds(60);

    private const int LongestPhrase = 12;
    private const int LongestNote = 5;

    /// <param name="transcript">As recognised.</param>
    /// <param name="sound">The sound it was recognised in.</param>
    public static Transcript Drop(Transcript transcript, SoundLevels sound)
    {
        var floor = Math.Max(QuietestSpeech, sound.Loudest - BelowLoudest);
        var heard = transcript.Words.Where(word =>
            !IsUnlikely(word) && sound.In(word.Start - AroundWord, word.End + AroundWord) >= floor
        );
        return Transcript.Of(WithoutRepeats(WithoutNotes([.. heard])));
    }

    private static bool IsUnlikely(Word word) =>
        word.NoSpeech > SurelyNoSpeech || (word.NoSpeech > ProbablyNoSpeech && (word.Confidence ?? 0) < Sure);

    /// <summary>Takes out [Music], (upbeat music), *laughs* and ♪.</summary>
    private static List<Word> WithoutNotes(List<Word> words)
    {
        List<Word> kept = [];
        for (var i = 0; i < words.Count; i++)
        {
            if (EndOfNote(words, i) is { } end)
                i = end;
            else if (words[i].Text.Any(char.IsLetterOrDigit) || !words[i].Text.Contains('♪', StringComparison.Ordinal))
                kept.Add(words[i]);
        }
        return kept;
    }

    private static int? EndOfNote(List<Word> words, int start)
    {
        char? close = words[start].Text[0] switch
        {
            '[' => ']',
            '(' => ')',
            '*' => '*',
            '♪' => '♪',
            _ => null,
        };
        if (close is null)
            return null;
        for (var i = start; i < Math.Min(words.Count, start + LongestNote); i++)
            if (
                words[i].Text.TrimEnd('.', ',', '!', '?') is { Length: > 0 } text
                && text[^1] == close
                && (i > start || text.Length > 1)
            )
                return i;
        return null;
    }

    /// <summary>
    /// Of a phrase that comes again and again at once, the first stays. A person may say one word five times, and a phrase
    /// twice.
    /// </summary>
    private static List<Word> WithoutRepeats(List<Word> words)
    {
        List<Word> kept = [];
        for (var i = 0; i < words.Count; )
        {
            var (length, times) = RepeatAt(words, i);
            kept.AddRange(words.GetRange(i, length));
            i += length * times;
        }
        return kept;
    }

    private static (int Length, int Times) RepeatAt(List<Word> words, int start)
    {
        for (var length = 1; length <= LongestPhrase; length++)
        {
            var times = 1;
            while (IsSame(words, start, start + length * times, length))
                times++;
            if (times > (length == 1 ? 5 : 2))
                return (length, times);
        }
        return (1, 1);
    }

    private static bool IsSame(List<Word> words, int first, int second, int length) =>
        second + length <= words.Count
        && Enumerable.Range(0, length).All(i => Core(words[first + i]) == Core(words[second + i]));

    private static string Core(Word word) => string.Concat(word.Text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
