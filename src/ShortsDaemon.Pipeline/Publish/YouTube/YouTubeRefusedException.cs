namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>YouTube refuses this very call, and will again.</summary>
internal sealed class YouTubeRefusedException(YouTubeRefusal refusal, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public YouTubeRefusal Refusal { get; } = refusal;
}
