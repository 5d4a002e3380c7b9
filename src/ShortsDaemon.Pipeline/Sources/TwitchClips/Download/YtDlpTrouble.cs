using System.Text.RegularExpressions;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>What a failed run of yt-dlp means for the clip.</summary>
internal enum YtDlpTrouble
{
    /// <summary>Not known: counts as a failure of the item.</summary>
    Unknown,

    /// <summary>The clip is not there any more.</summary>
    Gone,

    /// <summary>It is there, but never for us.</summary>
    Refused,

    /// <summary>The platform refuses the file of this clip: counts as a failure of the item.</summary>
    File,

    /// <summary>Network or platform: passes by itself.</summary>
    Network,

    /// <summary>No room.</summary>
    DiskFull,

    /// <summary>The platform has changed: only a newer yt-dlp helps.</summary>
    Outdated,
}

internal static partial class YtDlpTroubles
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline;
    private const int LongestWords = 300;

    // The order counts: a lost connection is also reported as a page that could not be read.
    private static readonly (Regex Words, YtDlpTrouble Trouble)[] Known =
    [
        (DiskFull(), YtDlpTrouble.DiskFull),
        (Gone(), YtDlpTrouble.Gone),
        (Refused(), YtDlpTrouble.Refused),
        (File(), YtDlpTrouble.File),
        (Network(), YtDlpTrouble.Network),
        (Outdated(), YtDlpTrouble.Outdated),
    ];

    /// <param name="exitCode">2: it does not know an option of ours, so it is too old.</param>
    /// <param name="line">Its ERROR line.</param>
    public static YtDlpTrouble Of(int exitCode, string line) =>
        exitCode == 2
            ? YtDlpTrouble.Outdated
            : Known.Where(known => known.Words.IsMatch(line)).Select(known => known.Trouble).FirstOrDefault();

    /// <returns>The line that tells the cause; empty: it said nothing.</returns>
    public static string ErrorLine(IReadOnlyList<string> tail) =>
        tail.LastOrDefault(line => line.StartsWith("ERROR:", StringComparison.Ordinal))
        ?? tail.LastOrDefault(line => line.Contains("error:", StringComparison.OrdinalIgnoreCase))
        ?? tail.LastOrDefault(line => line.Trim().Length > 0)
        ?? "";

    /// <returns>The line without addresses, which may be signed, and without the request to report it.</returns>
    public static string Printable(string line)
    {
        var words = Address().Replace(line, "(address)");
        words = Advice().Replace(words, "");
        words = string.Concat(words.Where(c => !char.IsControl(c))).Trim();
        return words.Length <= LongestWords ? words : words[..(LongestWords - 1)] + "…";
    }

    [GeneratedRegex("No space left on device|Disk quota exceeded", Plain, 1000)]
    private static partial Regex DiskFull();

    [GeneratedRegex(
        "no longer available|does not exist|has been (removed|deleted)|Unable to download webpage: HTTP Error (404|410)",
        Plain,
        1000
    )]
    private static partial Regex Gone();

    [GeneratedRegex(
        "subscriber|log ?in (is )?required|requires? (authentication|log ?in)|DRM protected|available from your location",
        Plain,
        1000
    )]
    private static partial Regex Refused();

    // Asked too slowly or too often, it is the platform; with anything else it is this one file.
    [GeneratedRegex(@"unable to download video data: HTTP Error 4(?!08|29)\d\d|HTTP Error (404|416)", Plain, 1000)]
    private static partial Regex File();

    [GeneratedRegex(
        @"timed out|HTTP Error (5\d\d|403|408|429)|name resolution|Name or service not known|getaddrinfo|"
            + "Connection (refused|reset|aborted|broken)|Remote end closed|IncompleteRead|unreachable|No route to host|"
            + "SSL|CERTIFICATE|EOF occurred|Did not get any data|content too short|more expected|Conflicting range",
        Plain,
        1000
    )]
    private static partial Regex Network();

    [GeneratedRegex(
        @"PersistedQueryNotFound|KeyError|Unable to extract|integrity check|Unsupported URL|latest version|report this issue|"
            + "no such option|HTTP Error 400",
        Plain,
        1000
    )]
    private static partial Regex Outdated();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^\s'""<>]+", Plain, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@";?\s*please report this issue.*$", Plain, 1000)]
    private static partial Regex Advice();
}
