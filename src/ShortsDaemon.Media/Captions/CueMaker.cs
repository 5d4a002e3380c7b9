using System.Text;
using ShortsDaemon.Media.Captions.Transcripts;

namespace ShortsDaemon.Media.Captions;

/// <summary>Groups words into cues that can be read: few words, no cue over the next one, none for the blink of an eye.</summary>
/// <param name="wrapping">Breaks words into lines.</param>
/// <param name="mostWords">Most words at once.</param>
internal sealed class CueMaker(LineWrapping wrapping, int mostWords)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    // Captions that vanish for a moment between two cues flicker.
    private static readonly TimeSpan Flicker = TimeSpan.FromMilliseconds(200);

    private static readonly char[] SentenceEnds = ['.', '!', '?', '…', '。', '！', '？', '؟', '।'];

    /// <param name="words">As they are to be drawn, in order.</param>
    /// <param name="length">Length of the Short.</param>
    public IReadOnlyList<Cue> Make(IEnumerable<Word> words, TimeSpan length)
    {
        var groups = Groups(words.SelectMany(wrapping.Fit).Where(word => word.Start < length));
        List<Cue> cues = [];
        for (var i = 0; i < groups.Count; i++)
        {
            var next = i + 1 < groups.Count ? groups[i + 1][0].Start : length;
            var end = EndOf(groups[i], next < length ? next : length);
            cues.Add(new Cue(groups[i][0].Start, end, wrapping.Wrap(groups[i])!));
        }
        return cues;
    }

    private List<List<Word>> Groups(IEnumerable<Word> words)
    {
        List<List<Word>> groups = [];
        foreach (var word in words)
        {
            if (groups is [.., var open] && Belongs(open, word))
                open.Add(word);
            else
                groups.Add([word]);
        }
        return groups;
    }

    private bool Belongs(List<Word> open, Word word) =>
        (IsMark(word) || (open.Count < mostWords && !EndsPhrase(open[^1])))
        && word.Start - open[^1].End <= Pause
        && word.End - open[0].Start <= Longest
        && wrapping.Wrap([.. open, word]) is not null;

    private static bool EndsPhrase(Word word) => word.EndsPhrase || SentenceEnds.Contains(word.Text[^1]);

    // An emoji belongs to what was said before it.
    private static bool IsMark(Word word) => !word.Text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static TimeSpan EndOf(List<Word> words, TimeSpan next)
    {
        var read = words[0].Start + Shortest;
        var end = words[^1].End + Linger;
        if (end < read)
            end = read;
        return next - end < Flicker ? next : end;
    }
}
