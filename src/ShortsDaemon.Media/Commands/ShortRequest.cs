using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Commands;

/// <summary>One Short to make.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Video">Where the MP4 is written; overwritten.</param>
/// <param name="Thumbnail">Where the JPEG is written; overwritten.</param>
public sealed record ShortRequest(string Source, string Video, string Thumbnail)
{
    /// <summary>Where the landscape JPEG is written, 1280×720 of the same moment; overwritten.</summary>
    public string WideThumbnail => WideOf(Thumbnail);

    /// <summary>What was probed of the recording; null: nobody has looked yet.</summary>
    public MediaInfo? Probed { get; init; }

    /// <summary>Measured sound of the whole recording; null: nobody has listened yet.</summary>
    public Loudness? Heard { get; init; }

    public LayoutName Layout { get; init; } = LayoutName.BlurredBackdrop;

    /// <summary>Where the facecam is expected, as configured or as last seen; null: nobody knows.</summary>
    public Region? Facecam { get; init; }

    /// <summary>Highest frame rate of the Short.</summary>
    public int MaxFrameRate { get; init; } = 60;

    /// <summary>Integrated loudness in LUFS.</summary>
    public double LoudnessLufs { get; init; } = -14;

    /// <summary>Music under the sound; null: none.</summary>
    public Music? Music { get; init; }

    /// <summary>Which part of the recording is shown; null: all of it.</summary>
    public Cut? Cut { get; init; }

    /// <summary>The end crosses into the beginning; the Short becomes shorter by <see cref="LoopEnding.Crossing"/>.</summary>
    public bool Loop { get; init; }

    /// <summary>Which picture of the Short becomes the thumbnail; null: the most typical one.</summary>
    public TimeSpan? ThumbnailAt { get; init; }

    /// <summary>Where faces are in the recording's picture at that moment, for texts to keep clear of.</summary>
    public IReadOnlyList<Region> ThumbnailFaces { get; init; } = [];

    /// <summary>The encode aims below this size in bytes; null: it need not.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Threads of the encode; 0: as many as ffmpeg likes.</summary>
    public int Threads { get; init; }

    /// <returns>Path of the landscape picture that lies beside a thumbnail.</returns>
    public static string WideOf(string thumbnail) => Path.ChangeExtension(thumbnail, ".wide.jpg");

    /// <summary>Longest encode.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time without a new frame.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an encoder that failed in production is left out.</summary>
    public TimeSpan Demotion { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Draws texts over the picture, once the layout is known; null: none.</summary>
    public OverlayPainter? Overlay { get; init; }

    /// <summary>Draws a text on the thumbnails; null: none.</summary>
    public ThumbnailPainter? ThumbnailText { get; init; }
}

/// <summary>Lays an <see cref="Captions.OverlayFiles">overlay</see> into a folder.</summary>
/// <param name="folder">Exists, and is gone when the Short is made.</param>
/// <param name="taken">Places in the frame that stay free of texts.</param>
/// <param name="cancel">Gives up.</param>
/// <returns>False: there is nothing to draw.</returns>
public delegate Task<bool> OverlayPainter(string folder, IReadOnlyCollection<Box> taken, CancellationToken cancel);

/// <summary>Lays <see cref="ThumbnailTexts"/> into a folder.</summary>
/// <param name="folder">Exists, and is gone when the Short is made.</param>
/// <param name="places">Where no text should stand.</param>
/// <param name="cancel">Gives up.</param>
/// <returns>False: there is nothing to draw.</returns>
public delegate Task<bool> ThumbnailPainter(string folder, ThumbnailPlaces places, CancellationToken cancel);

/// <summary>What was made, as measured while making it.</summary>
/// <param name="Encoder">ffmpeg's name of the encoder that made it.</param>
/// <param name="Source">What was probed of the recording.</param>
/// <param name="SourceLoudness">Measured sound of what is shown of the recording, with the music, by the clock of the Short; <see cref="Loudness.None"/> when there is none.</param>
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
