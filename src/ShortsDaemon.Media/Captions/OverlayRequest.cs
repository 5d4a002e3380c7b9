using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Captions;

/// <summary>What is to be drawn over one Short.</summary>
/// <param name="Length">Length of the Short.</param>
public sealed record OverlayRequest(TimeSpan Length)
{
    /// <summary>What is said, with times from the beginning of the Short; null: no captions.</summary>
    public Transcript? Transcript { get; init; }

    public CaptionStyleName Style { get; init; }

    /// <summary>Most words at once.</summary>
    public int MaxWords { get; init; } = 3;

    /// <summary>Words that are shown with stars.</summary>
    public WordMask Mask { get; init; } = WordMask.None;

    /// <summary>A text at the beginning, in one line; empty: none.</summary>
    public string Hook { get; init; } = "";

    /// <summary>How long it stays.</summary>
    public TimeSpan HookTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A small text from beginning to end, in one line; empty: none.</summary>
    public string Credit { get; init; } = "";

    /// <summary>Whose interface is kept clear of; none: that of every platform.</summary>
    public IReadOnlyCollection<Platform> Platforms { get; init; } = [];

    /// <summary>Places of the layout that stay free, for instance a face.</summary>
    public IReadOnlyCollection<Box> Taken { get; init; } = [];

    /// <summary>Draws masks and boxes as well, for a look.</summary>
    public bool ShowZones { get; init; }
}

/// <summary>What is drawn over a Short, and where.</summary>
/// <param name="Script">An ASS file.</param>
/// <param name="Subtitles">The captions as SubRip; null: there are none.</param>
/// <param name="Boxes">Place of each text by its name, see <see cref="OverlayMaker"/>.</param>
/// <param name="Remarks">What could not be done, in words.</param>
/// <param name="Font">File of the font.</param>
public sealed record Overlay(
    string Script,
    string? Subtitles,
    IReadOnlyDictionary<string, Box> Boxes,
    IReadOnlyList<string> Remarks,
    string Font
)
{
    public IReadOnlyList<Cue> Cues { get; init; } = [];
}
