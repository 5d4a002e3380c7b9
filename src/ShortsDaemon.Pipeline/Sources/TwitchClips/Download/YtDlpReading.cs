using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>What yt-dlp tells on standard output: PROG lines while it loads, one DONE line with the finished file.</summary>
internal sealed class YtDlpReading(TwitchOptions options, DownloadPace pace)
{
    public const string ProgressMark = "PROG ";
    public const string DoneMark = "DONE ";

    private long _arrived;

    /// <summary>Path of the finished file; null: it has not said so.</summary>
    public string? Finished { get; private set; }

    /// <returns>Whether the line shows that enough has arrived to go on.</returns>
    /// <exception cref="Media.RefusedMediaException">The file is too large.</exception>
    public bool Take(string line)
    {
        if (line.StartsWith(DoneMark, StringComparison.Ordinal))
            return (Finished = Parse(line[DoneMark.Length..])?.GetString()) is not null;
        return line.StartsWith(ProgressMark, StringComparison.Ordinal)
            && Parse(line[ProgressMark.Length..]) is { ValueKind: JsonValueKind.Object } progress
            && Take(progress);
    }

    private bool Take(JsonElement progress)
    {
        var arrived = Number(progress, "downloaded_bytes");
        ClipSize.Require(Math.Max(arrived, Number(progress, "total_bytes")), options);
        // A smaller number: the next file of the same clip.
        var moved = arrived - _arrived >= pace.Bytes || arrived < _arrived || IsFinished(progress);
        if (moved)
            _arrived = arrived;
        return moved;
    }

    private static bool IsFinished(JsonElement progress) =>
        progress.TryGetProperty("status", out var status) && status.ValueEquals("finished");

    private static long Number(JsonElement progress, string name) =>
        progress.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? (long)value.GetDouble()
            : 0;

    // A line that is no JSON is no progress; whether the file is there is what counts in the end.
    private static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
