using ShortsDaemon.Media.Faces;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Logging;

/// <summary>Says once at the start when layouts look for faces and nothing can find them.</summary>
internal sealed class FaceModelLog(LiveOptions options, FaceModel model, ILogger<FaceModelLog> log)
{
    public void Start()
    {
        var isAsked = options.Value.Channels.Values.Any(channel => channel.Enabled && channel.Render.LooksForFaces);
        if (isAsked && model.Look().Problem is { } problem)
            log.LogWarning("Layouts have to do without faces: {Problem}. {Mend}", problem, FaceModel.Mend);
    }
}
