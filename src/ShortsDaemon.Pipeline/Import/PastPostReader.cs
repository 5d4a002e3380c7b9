using System.Globalization;
using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Import;

/// <summary>Turns a row of an older tool into what is kept of it.</summary>
internal sealed partial class PastPostReader(PastColumns columns, int width, DateTimeOffset now)
{
    private const int LongestTitle = 500;

    // Below this a number of seconds would be in the year 2286; tools that count in ms are far above.
    private const long LargestSeconds = 9_999_999_999;

    private static readonly string[] Posted =
    [
        .. (string[])["posted", "published", "uploaded", "done", "success", "succeeded", "completed", "complete", "ok"],
        .. (string[])["live", "public", "true", "yes", "1"],
    ];

    /// <returns>The post; null when the row tells that nothing was posted.</returns>
    /// <exception cref="FormatException">What is the matter with the row.</exception>
    public PastPost? Read(PastRow row)
    {
        if (row.Cells.Count != width)
            throw new FormatException($"it has {row.Cells.Count} cells, the header has {width}");
        if (Cell(row, columns.Status) is { Length: > 0 } status && !Posted.Contains(status.ToLowerInvariant()))
            return null;
        var title = Cell(row, columns.Title);
        var post = new PastPost
        {
            ExternalId = ClipOf(row),
            Title = title.Length > 0 ? title[..Math.Min(title.Length, LongestTitle)] : null,
            TitleKey = TitleKey.Telling(title),
            RemoteId = VideoOf(row),
            PostedAt = TimeOf(Cell(row, columns.PostedAt)),
            ImportedAt = now,
        };
        return post.ExternalId is null && post.TitleKey is null
            ? throw new FormatException("it has neither a clip id nor a title that can be told from others")
            : post;
    }

    private string? ClipOf(PastRow row)
    {
        var written = Cell(row, columns.Clip);
        var inAddress = Addresses(row)
            .Prepend(written)
            .Select(text => ClipAddress().Match(text))
            .FirstOrDefault(m => m.Success);
        if (inAddress is not null)
            return inAddress.Groups["slug"].Value;
        var looks = columns.IsClipUnsure ? LongSlug() : Slug();
        return looks.IsMatch(written) ? written : null;
    }

    private string? VideoOf(PastRow row)
    {
        var written = Cell(row, columns.Video);
        var inAddress = Addresses(row)
            .Prepend(written)
            .Select(text => VideoAddress().Match(text))
            .FirstOrDefault(m => m.Success);
        if (inAddress is not null)
            return inAddress.Groups["id"].Value;
        // Digits alone are the number of a stream's recording.
        return VideoId().IsMatch(written) && !written.All(char.IsAsciiDigit) ? written : null;
    }

    private IEnumerable<string> Addresses(PastRow row) => columns.Urls.Select(i => row.Cells[i]);

    private static string Cell(PastRow row, int? column) => column is { } i ? row.Cells[i].Trim() : "";

    private static DateTimeOffset? TimeOf(string text)
    {
        if (text.Length == 0)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number switch
            {
                < 1e8 => null, // a switch, or a count
                <= LargestSeconds => DateTimeOffset.FromUnixTimeSeconds((long)number),
                <= LargestSeconds * 1000.0 => DateTimeOffset.FromUnixTimeMilliseconds((long)number),
                _ => throw new FormatException($"'{text}' is no time"),
            };
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new FormatException($"'{text}' is no time; write it like 2026-01-31 18:30:00");
    }

    [GeneratedRegex(
        @"(clips\.twitch\.tv/(embed\?clip=)?|twitch\.tv/[^/\s]+/clip/)(?<slug>[A-Za-z0-9_-]+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ClipAddress();

    [GeneratedRegex(
        @"(youtu\.be/|youtube\.com/(watch\?(.*&)?v=|shorts/|video/))(?<id>[A-Za-z0-9_-]{11})",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex VideoAddress();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{4,}\z", RegexOptions.None, 1000)]
    private static partial Regex Slug();

    // Longer than the id of a YouTube video.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{11,}\z", RegexOptions.None, 1000)]
    private static partial Regex LongSlug();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{11}\z", RegexOptions.None, 1000)]
    private static partial Regex VideoId();
}
