namespace ShortsDaemon.Media;

/// <summary>The input can never become a Short; trying again changes nothing. The message is meant for the owner.</summary>
public sealed class RefusedMediaException(string message) : Exception(message);

/// <summary>No room left where a file was being written.</summary>
public sealed class DiskFullException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>A hardware encoder failed on work that another encoder may still do.</summary>
/// <param name="encoder">ffmpeg's name of the encoder.</param>
public sealed class HardwareEncoderException(string encoder, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public string Encoder { get; } = encoder;
}
