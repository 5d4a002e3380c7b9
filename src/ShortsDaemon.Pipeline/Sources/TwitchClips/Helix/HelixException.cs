using System.Net;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>Helix answered with an error.</summary>
/// <param name="status">400 wrong question, 403 not allowed, 404 unknown, 5xx Twitch's own trouble.</param>
public sealed class HelixException(HttpStatusCode status, string message) : UnavailableException(message)
{
    public HttpStatusCode Status { get; } = status;
}
