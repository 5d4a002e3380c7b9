using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Media.Commands;

/// <summary>Everything that decides the bytes of one Short.</summary>
/// <param name="Source">Absolute path of the recording.</param>
/// <param name="Picture">Its video stream.</param>
/// <param name="Sound">Its audio stream; null: the Short gets silence.</param>
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
    /// <summary>Absolute path of an ASS file to draw over the picture, with a folder of fonts beside it; null: none.</summary>
    public string? Subtitles { get; init; }
    /// <summary>Folder of the files that the graph names; null: it names none.</summary>
    public string? Folder { get; init; }
}
