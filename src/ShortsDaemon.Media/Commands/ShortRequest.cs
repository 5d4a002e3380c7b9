using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Commands;

/// <summary>One Short to make.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Video">Where the MP4 is written; overwritten.</param>
/// <param name="Thumbnail">Where the JPEG is written; overwritten.</param>
public sealed record ShortRequest(string Source, string Video, string Thumbnail)
{
    public LayoutName Layout { get; init; } = LayoutName.BlurredBackdrop;

    /// <summary>Where the facecam is expected, as configured or as last seen; null: nobody knows.</summary>
    public Region? Facecam { get; init; }

    /// <summary>Highest frame rate of the Short.</summary>
    public int MaxFrameRate { get; init; } = 60;

    /// <summary>Integrated loudness in LUFS.</summary>
    public double LoudnessLufs { get; init; } = -14;

    /// <summary>Threads of the encode; 0: as many as ffmpeg likes.</summary>
    public int Threads { get; init; }

    /// <summary>Longest encode.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time without a new frame.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an encoder that failed in production is left out.</summary>
    public TimeSpan Demotion { get; init; } = TimeSpan.FromHours(1);

    /// <summary>ASS file to draw over the picture, see <see cref="Captions.OverlayFiles"/>; null: none.</summary>
    public string? Subtitles { get; init; }
}

/// <summary>What was made, as measured while making it.</summary>
/// <param name="Encoder">ffmpeg's name of the encoder that made it.</param>
/// <param name="Source">What was probed of the recording.</param>
/// <param name="SourceLoudness">Measured sound of the recording; <see cref="Loudness.None"/> when it has none.</param>
/// <param name="GainDb">Change of level that was applied, in dB.</param>
/// <param name="Rate">Frame rate of the Short.</param>
/// <param name="Length">Length of the Short's picture.</param>
/// <param name="EncodeTime">Wall time of the encode.</param>
public sealed record MadeShort(
    string Encoder,
    MediaInfo Source,
    Loudness SourceLoudness,
    double GainDb,
    FrameRate Rate,
    TimeSpan Length,
    TimeSpan EncodeTime
)
{
    /// <summary>How the picture fills the frame: the layout that was wanted, or what was taken in its place.</summary>
    public LayoutName Layout { get; init; }

    /// <summary>Why this layout, in words; null: it was wanted, and nothing had to be found out.</summary>
    public string? LayoutReason { get; init; }

    /// <summary>Where the facecam was; null: it is not shown apart.</summary>
    public Region? Facecam { get; init; }
}
