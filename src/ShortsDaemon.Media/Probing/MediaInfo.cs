namespace ShortsDaemon.Media.Probing;

/// <summary>What ffprobe found in a file.</summary>
/// <param name="Format">ffprobe's name of the container, for instance "mov,mp4,m4a,3gp,3g2,mj2".</param>
/// <param name="Duration">Length of the picture, or of the whole file where the picture tells none.</param>
/// <param name="SizeBytes">Bytes on disk.</param>
/// <param name="Picture">The video stream to show: the first with moving pictures, cover art left out; null if none.</param>
/// <param name="Sound">The audio stream to hear: the default one, else the first; null if none.</param>
/// <param name="VideoStreams">How many real video streams there are.</param>
/// <param name="AudioStreams">How many decodable audio streams there are.</param>
public sealed record MediaInfo(
    string Format,
    TimeSpan Duration,
    long SizeBytes,
    VideoStream? Picture,
    AudioStream? Sound,
    int VideoStreams,
    int AudioStreams
)
{
    /// <summary>Time stamp at which the earliest stream begins; ffmpeg counts from there.</summary>
    internal TimeSpan Start { get; init; }

    /// <exception cref="RefusedMediaException">There is no picture.</exception>
    public VideoStream RequirePicture() =>
        Picture
        ?? throw new RefusedMediaException(
            Sound is null ? "there is neither picture nor sound in it" : "there is only sound in it, no picture"
        );
}

/// <param name="Index">Stream index in the file, for ffmpeg's -map.</param>
/// <param name="Codec">For instance h264.</param>
/// <param name="Width">Stored width in px, before rotation.</param>
/// <param name="Height">Stored height in px, before rotation.</param>
/// <param name="SampleAspect">Width ÷ height of one stored pixel; 1 when unknown.</param>
/// <param name="Rotation">Degrees, clockwise, to turn for display: 0, 90, 180, 270.</param>
/// <param name="Rate">Average frames per second.</param>
/// <param name="IsVariableRate">Frames do not come at a steady pace.</param>
/// <param name="PixelFormat">For instance yuv420p10le.</param>
/// <param name="Colour">Colour description.</param>
/// <param name="IsInterlaced">Stored as fields.</param>
/// <param name="Duration">Length of this stream; null when the file does not tell.</param>
public sealed record VideoStream(
    int Index,
    string Codec,
    int Width,
    int Height,
    double SampleAspect,
    int Rotation,
    FrameRate Rate,
    bool IsVariableRate,
    string PixelFormat,
    Colour Colour,
    bool IsInterlaced,
    TimeSpan? Duration
)
{
    /// <summary>Time stamp of the first picture; null when the file does not tell.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>ffmpeg turns the picture by itself before any filter sees it.</summary>
    public bool IsTurned => Rotation is 90 or 270;

    /// <summary>px after rotation, before the sample aspect is applied.</summary>
    public int TurnedWidth => IsTurned ? Height : Width;

    /// <summary>px after rotation, before the sample aspect is applied.</summary>
    public int TurnedHeight => IsTurned ? Width : Height;

    /// <summary>Width ÷ height of one pixel after rotation.</summary>
    public double TurnedAspect => IsTurned ? 1 / SampleAspect : SampleAspect;
}

/// <summary>ffprobe's colour words; null when the file does not tell.</summary>
public sealed record Colour(string? Primaries, string? Transfer, string? Space, string? Range)
{
    /// <summary>PQ or HLG: has to be tone-mapped for a Short.</summary>
    public bool IsHdr => Transfer is "smpte2084" or "arib-std-b67";
}

/// <param name="Index">Stream index in the file, for ffmpeg's -map.</param>
/// <param name="Codec">For instance aac.</param>
/// <param name="SampleRate">Hz.</param>
/// <param name="Channels">1 mono, 2 stereo, 6 for 5.1.</param>
/// <param name="Layout">For instance "5.1"; null when the file does not tell.</param>
/// <param name="Duration">Length of this stream; null when the file does not tell.</param>
public sealed record AudioStream(
    int Index,
    string Codec,
    int SampleRate,
    int Channels,
    string? Layout,
    TimeSpan? Duration
)
{
    /// <summary>Time stamp of the first sound; null when the file does not tell.</summary>
    public TimeSpan? Start { get; init; }
}
