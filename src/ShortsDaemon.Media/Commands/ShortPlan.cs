using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Commands;

/// <summary>Everything that decides the bytes of one Short.</summary>
/// <param name="Source">Absolute path of the recording.</param>
/// <param name="Picture">Its video stream.</param>
/// <param name="Sound">Its audio stream; null: it has none.</param>
/// <param name="Length">Length of the Short.</param>
/// <param name="Layout">How the picture fills the frame.</param>
/// <param name="Rate">Constant frame rate.</param>
/// <param name="GainDb">Change of the sound's level in dB.</param>
/// <param name="Encoder">Who makes the H.264.</param>
/// <param name="Threads">Threads of the encode; 0: as many as ffmpeg likes.</param>
internal sealed record ShortPlan(
    string Source,
    VideoStream Picture,
    AudioStream? Sound,
    TimeSpan Length,
    Layout Layout,
    FrameRate Rate,
    double GainDb,
    VideoEncoder Encoder,
    int Threads
)
{
    /// <summary>Which part of the recording is shown; null: all of it.</summary>
    public Cut? Cut { get; init; }

    /// <summary>Music under the sound; null: none.</summary>
    public MusicBed? Music { get; init; }

    /// <summary>So many frames the end crosses into the beginning; what is taken of the recording is longer by them. 0: none.</summary>
    public int LoopFrames { get; init; }

    /// <summary>The same as time.</summary>
    public TimeSpan Crossing => TimeSpan.FromSeconds(LoopFrames / Rate.PerSecond);

    public LoopFilters? Loop => LoopFrames > 0 ? new(LoopFrames, Crossing, Length) : null;

    /// <summary>All that is heard.</summary>
    public Mix Mix =>
        new(Sound, Cut, Length)
        {
            Bed = Music,
            Loop = Loop,
            Crossing = Crossing,
        };

    /// <summary>Which picture of the Short becomes the thumbnail; null: the most typical one.</summary>
    public TimeSpan? ThumbnailAt { get; init; }

    /// <summary>Largest file in bytes; null: as large as it likes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>An overlay lies in <see cref="Folder"/>, see <see cref="Captions.OverlayFiles"/>.</summary>
    public bool HasOverlay { get; init; }

    /// <summary>A text for the thumbnails lies in <see cref="Folder"/>.</summary>
    public bool HasThumbnailText { get; init; }

    /// <summary>Folder of the files that the graph names; null: it names none.</summary>
    public string? Folder { get; init; }
}
