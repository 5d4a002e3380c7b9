using System.Text.RegularExpressions;

namespace ShortsDaemon.Media.Probing;

/// <summary>Puts ffprobe's complaints about a file into words for the owner.</summary>
internal static partial class ProbeErrors
{
    /// <returns>The reason why the file is refused; null when the complaint is not about the file.</returns>
    public static string? Explain(string standardError) =>
        NotOnWhitelist().Match(standardError) is { Success: true } match
            ? $"it is not a recording but '{match.Groups["format"].Value}' (a playlist, text or picture); it was not opened"
        : Has(standardError, "moov atom not found")
            ? "it is not a video, or was cut off while being written: its index (moov) is missing"
        : Has(standardError, "encryption info") ? "it is encrypted"
        : Has(standardError, "Invalid data found") || Has(standardError, "Invalid argument")
            ? "it is not a video file, or it is damaged at its start"
        : Has(standardError, "End of file") ? "it ends before any picture begins"
        : null;

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\[(?<format>\S+) @ [^\]]*\] Format not on whitelist",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NotOnWhitelist();
}
