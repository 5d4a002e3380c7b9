using System.Globalization;
using System.Text.RegularExpressions;

namespace ShortsDaemon.World.YouTube;

/// <summary>The header of a request to an upload session.</summary>
/// <param name="Start">First byte of the chunk; null: this only asks how far the upload is.</param>
/// <param name="End">Last byte of the chunk.</param>
/// <param name="Total">Size of the whole; null: not known yet.</param>
internal sealed partial record ContentRange(long? Start, long? End, long? Total)
{
    /// <returns>Null: nobody can read that.</returns>
    public static ContentRange? Parse(string header)
    {
        if (Form().Match(header) is not { Success: true } match)
            return null;
        var range = new ContentRange(
            Number(match.Groups["start"]),
            Number(match.Groups["end"]),
            Number(match.Groups["total"])
        );
        return range.End < range.Start || range.End >= range.Total ? null : range;
    }

    public static bool IsQuestion(string header) => Parse(header) is { Start: null };

    [GeneratedRegex(
        @"^bytes ((?<start>\d{1,18})-(?<end>\d{1,18})|\*)/((?<total>\d{1,18})|\*)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();

    private static long? Number(Group group) =>
        group.Success ? long.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : null;
}
