namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>One spoken word.</summary>
/// <param name="Text">With its punctuation; never empty, one line.</param>
/// <param name="Start">From the beginning of the recording.</param>
/// <param name="End">Not before <paramref name="Start"/>.</param>
public sealed record Word(string Text, TimeSpan Start, TimeSpan End)
{
    /// <summary>How sure the recogniser is, 0–1; null: not told.</summary>
    public double? Confidence { get; init; }

    /// <summary>Probability that nobody speaks there, 0–1; null: not told.</summary>
    public double? NoSpeech { get; init; }

    /// <summary>What belongs together ends with it.</summary>
    public bool EndsPhrase { get; init; }
}

/// <summary>What is said in a recording, in order. A word ends before the next one begins.</summary>
public sealed record Transcript
{
    // Times of recognisers are no finer.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private Transcript(IReadOnlyList<Word> words) => Words = words;

    public IReadOnlyList<Word> Words { get; }

    /// <summary>Puts words in order, cleans their text and takes out where they overlap.</summary>
    public static Transcript Of(IEnumerable<Word> words)
    {
        List<Word> kept = [];
        var ordered = words
            .Select(word => word with { Text = CaptionText.Clean(word.Text) })
            .Where(word => word.Text.Length > 0 && word.Start >= TimeSpan.Zero)
            .OrderBy(word => word.Start);
        foreach (var word in ordered)
        {
            if (kept is [.., var last] && word.Start - last.Start < AtOnce)
                kept[^1] = Together(last, word);
            else
                kept.Add(word);
        }
        return new([.. kept.Select((word, i) => Ended(word, i + 1 < kept.Count ? kept[i + 1].Start : null))]);
    }

    /// <summary>The part of a recording that a Short shows, with times from its beginning.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends. A word that begins afterwards is left out, one that lasts longer is cut.</param>
    public Transcript Cut(TimeSpan from, TimeSpan to) =>
        Of(
            Words
                .Where(word => word.End > from && word.Start < to)
                .Select(word =>
                    word with
                    {
                        Start = Later(word.Start, from) - from,
                        End = (word.End < to ? word.End : to) - from,
                    }
                )
        );

    private static Word Together(Word first, Word second) =>
        first with
        {
            Text = $"{first.Text} {second.Text}",
            End = Later(first.End, second.End),
        };

    private static Word Ended(Word word, TimeSpan? next)
    {
        var end = word.End > word.Start ? word.End : word.Start + Shortest;
        return word with { End = end > next ? next.Value : end };
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>A transcript that cannot be used. The message is meant for the owner.</summary>
public sealed class UnreadableTranscriptException(string message, Exception? inner = null) : Exception(message, inner);
