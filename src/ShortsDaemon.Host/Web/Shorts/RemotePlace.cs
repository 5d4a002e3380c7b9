using System.Text.RegularExpressions;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>Where a Short is, for people.</summary>
/// <param name="Text">What is shown: a path, or the platform's id.</param>
/// <param name="Link">Where it can be watched; null: nowhere that a browser may be sent to.</param>
internal sealed partial record RemotePlace(string Text, string? Link)
{
    public static RemotePlace Of(string remoteId)
    {
        if (VideoId().IsMatch(remoteId))
            return new(remoteId, $"https://www.youtube.com/watch?v={remoteId}");
        var isWeb =
            Uri.TryCreate(remoteId, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
        return new(remoteId, isWeb ? uri!.AbsoluteUri : null);
    }

    // Of YouTube; a path begins with a slash, so it is none.
    [GeneratedRegex("^[A-Za-z0-9_-]{11}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VideoId();
}
