using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources;

/// <summary>What a look into a file tells of the recording, as it is shown.</summary>
internal static class RecordingFacts
{
    /// <exception cref="Media.RefusedMediaException">There is no picture.</exception>
    public static ClipFacts Of(MediaInfo info)
    {
        var picture = info.RequirePicture();
        return new ClipFacts(
            info.Duration.TotalSeconds,
            (int)Math.Round(picture.TurnedWidth * picture.TurnedAspect),
            picture.TurnedHeight,
            info.Sound is not null
        );
    }
}
