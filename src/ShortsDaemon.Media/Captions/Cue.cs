using ShortsDaemon.Media.Captions.Transcripts;

namespace ShortsDaemon.Media.Captions;

/// <summary>What stands in the picture at once.</summary>
/// <param name="Start">From the beginning of the Short.</param>
/// <param name="End">Not after the next one begins.</param>
/// <param name="Lines">One or two lines of words, as they are drawn.</param>
public sealed record Cue(TimeSpan Start, TimeSpan End, IReadOnlyList<IReadOnlyList<Word>> Lines)
{
    public IEnumerable<Word> Words => Lines.SelectMany(line => line);
}
