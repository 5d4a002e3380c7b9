using ShortsDaemon.Media.Captions.Transcripts;

namespace ShortsDaemon.Pipeline.Render.Transcribers;

/// <summary>Writes down what is said.</summary>
public interface ITranscriber
{
    /// <summary>The plug-in's one name, as in the configuration.</summary>
    TranscriberName Name { get; }

    /// <param name="wav">The sound: 16 kHz, mono, 16 bit. It may leave files beside it that begin with its name.</param>
    /// <param name="language">For instance en; empty: it is to find out.</param>
    /// <param name="cancel">Gives up, also when the time is up.</param>
    /// <exception cref="TranscriberException">It cannot.</exception>
    Task<Transcript> TranscribeAsync(string wav, string language, CancellationToken cancel);
}

/// <summary>Where captions come from. A transcript beside the recording always comes first.</summary>
public enum TranscriberName
{
    /// <summary>No captions.</summary>
    None,

    /// <summary>Only a transcript that lies beside the recording.</summary>
    Sidecar,

    /// <summary>whisper.cpp on this machine.</summary>
    Whisper,

    /// <summary>OpenAI, or a server that speaks like it.</summary>
    OpenAi,

    Deepgram,
}

/// <summary>There is no transcript. The message is meant for the owner and holds no secret.</summary>
/// <param name="mayPass">It may work a little later.</param>
public sealed class TranscriberException(string message, bool mayPass, Exception? inner = null)
    : Exception(message, inner)
{
    public bool MayPass { get; } = mayPass;
}
