using System.Globalization;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>yt-dlp is numbered by the day of its release; platforms change, so an old one stops working.</summary>
public static class YtDlpVersion
{
    /// <summary>How a newer one is got.</summary>
    public const string Mend =
        "update it with `pipx upgrade yt-dlp`, `python3 -m pip install -U yt-dlp` or, for the plain program file, `yt-dlp -U`";

    /// <summary>Older ones are known to fail.</summary>
    public static DateOnly Oldest { get; } = new(2026, 8, 1);

    /// <param name="text">For instance 2026.08.19, or 2026.08.19.232816 for a nightly.</param>
    /// <returns>The day of its release; null: this is not yt-dlp.</returns>
    public static DateOnly? DayOf(string text) =>
        text.Split('.') is [var year, var month, var day, ..]
        && DateOnly.TryParseExact(
            $"{year}.{month}.{day}",
            "yyyy.MM.dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var released
        )
            ? released
            : null;
}
