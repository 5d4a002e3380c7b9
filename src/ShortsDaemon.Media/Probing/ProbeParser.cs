using System.Globalization;
using System.Text.Json;

namespace ShortsDaemon.Media.Probing;

/// <summary>Turns ffprobe's JSON into <see cref="MediaInfo"/>.</summary>
internal static class ProbeParser
{
    /// <exception cref="JsonException">It is not the JSON ffprobe writes.</exception>
    public static MediaInfo Parse(string json)
    {
        var document =
            JsonSerializer.Deserialize<ProbeDocument>(json) ?? throw new JsonException("ffprobe wrote 'null'");
        var streams = document.Streams ?? [];
        var pictures = streams.Where(IsMovingPicture).ToList();
        var sounds = streams.Where(s => s is { Type: "audio", Codec: not null, Channels: > 0 }).ToList();
        var picture = pictures.Select(ToVideo).FirstOrDefault();
        var sound = sounds.OrderByDescending(s => s.Has("default")).ThenBy(s => s.Index).FirstOrDefault();
        return new MediaInfo(
            document.Format?.Name ?? "",
            picture?.Duration ?? Seconds(document.Format?.Duration) ?? TimeSpan.Zero,
            long.TryParse(document.Format?.Size, CultureInfo.InvariantCulture, out var size) ? size : 0,
            picture,
            sound is null ? null : ToAudio(sound),
            pictures.Count,
            sounds.Count
        )
        {
            Start = TimeSpan.FromSeconds(Math.Clamp(Number(document.Format?.Start), -1e9, 1e9)),
        };
    }

    // Cover art and still pictures are video streams too; a track without samples has no average rate.
    private static bool IsMovingPicture(ProbeStream s) =>
        s is { Type: "video", Codec: not null, Width: > 0, Height: > 0 }
        && !s.Has("attached_pic")
        && !s.Has("still_image")
        && Rate(s.AverageRate).PerSecond > 0;

    private static VideoStream ToVideo(ProbeStream s)
    {
        var average = Rate(s.AverageRate);
        var lowest = Rate(s.LowestRate);
        return new VideoStream(
            s.Index,
            s.Codec!,
            s.Width,
            s.Height,
            Aspect(s.SampleAspect),
            Turn(s.SideData),
            average,
            Math.Abs(lowest.PerSecond - average.PerSecond) > 0.01 * average.PerSecond,
            s.PixelFormat ?? "unknown",
            new Colour(Known(s.Primaries), Known(s.Transfer), Known(s.Space), Known(s.Range)),
            s.FieldOrder is "tt" or "bb" or "tb" or "bt",
            Length(s)
        )
        {
            Start = Instant(s.Start),
        };
    }

    private static AudioStream ToAudio(ProbeStream s) =>
        new(s.Index, s.Codec!, (int)Number(s.SampleRate), s.Channels, Known(s.Layout), Length(s))
        {
            Start = Instant(s.Start),
        };

    private static int Turn(IReadOnlyList<ProbeSideData?>? sideData)
    {
        var rotation = sideData?.FirstOrDefault(d => d?.Rotation is not null)?.Rotation ?? 0;
        var quarters = Math.Round(-rotation / 90);
        // As ffmpeg does: other angles do not change the shape, and a damaged matrix has none.
        return Math.Abs(-rotation - quarters * 90) < 1 ? (int)((quarters % 4 + 4) % 4) * 90 : 0;
    }

    private static double Aspect(string? ratio)
    {
        var aspect = Rate(ratio?.Replace(':', '/'));
        return aspect.PerSecond > 0 ? aspect.PerSecond : 1;
    }

    private static FrameRate Rate(string? fraction)
    {
        var parts = (fraction ?? "").Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var n)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var d)
            && d > 0
            ? new FrameRate(n, d)
            : default;
    }

    // Matroska and WebM keep the length of a stream, if at all, in a tag: 00:01:02.500000000.
    private static TimeSpan? Length(ProbeStream s) =>
        Seconds(s.Duration) ?? (s.Tags?.GetValueOrDefault("DURATION") is { } tag ? Clock(tag) : null);

    private static TimeSpan? Clock(string text)
    {
        var parts = text.Split(':');
        var seconds = parts.Length == 3 ? Number(parts[0]) * 3600 + Number(parts[1]) * 60 + Number(parts[2]) : 0;
        return seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
    }

    // Unlike a length it may be zero or below.
    private static TimeSpan? Instant(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static TimeSpan? Seconds(string? text) =>
        Number(text) is > 0 and < 1e9 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double Number(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Known(string? word) => word is null or "unknown" ? null : word;
}
