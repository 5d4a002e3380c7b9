using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>Makes a file name of what a stranger calls the recording.</summary>
internal static partial class UploadName
{
    private const int Longest = 120;
    private const int LongestBytes = 240;

    /// <returns>Letters, digits and harmless signs; no path, nothing hidden or reserved, at most 120 characters.</returns>
    /// <exception cref="UploadException">A file of this name would not be taken for a recording.</exception>
    public static string Clean(string given)
    {
        var name = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = string.Concat(WellFormed(name).Select(Harmless)).Trim(' ', '.');
        var ending = Path.GetExtension(plain);
        var stem = Shorten(Path.GetFileNameWithoutExtension(plain).Trim(' ', '.'), ending);
        if (Reserved().IsMatch(stem))
            stem = "_" + stem;
        var clean = stem + ending;
        if (stem.Length == 0 || !FolderSource.Takes(clean))
            throw new UploadException(
                StatusCodes.Status415UnsupportedMediaType,
                $"'{clean}' is no name of a recording.",
                "Call it what it is: .mp4, .mov, .mkv, .webm, .ts, .avi, .flv and the like are taken, files that are still written (.part) are not."
            );
        return clean;
    }

    // Half a pair of surrogates cannot be written down.
    private static string WellFormed(string name) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)).Normalize(NormalizationForm.FormC);

    private static string Harmless(char sign) =>
        CharUnicodeInfo.GetUnicodeCategory(sign) switch
        {
            // Format signs turn the direction of writing around: "gpj.exe" could be shown as "exe.jpg".
            UnicodeCategory.Control or UnicodeCategory.Format => "",
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
            _ => "<>:\"|?*'&`$;".Contains(sign, StringComparison.Ordinal) ? "_" : sign.ToString(),
        };

    // File systems count bytes.
    private static string Shorten(string stem, string ending)
    {
        while (
            stem.Length > 0
            && (stem.Length + ending.Length >= Longest || Encoding.UTF8.GetByteCount(stem + ending) > LongestBytes)
        )
            stem = stem[..^(stem.Length > 1 && char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
        return stem.TrimEnd(' ', '.');
    }

    [GeneratedRegex(
        @"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Reserved();
}
