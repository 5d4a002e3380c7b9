using System.Text.Json;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>Reads what may be missing or of another kind than expected.</summary>
internal static class JsonReading
{
    // Longer than any recording; what is beyond is no time.
    private const double MostSeconds = 1_000_000;

    public static JsonElement? Find(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var found) ? found : null;

    public static IEnumerable<JsonElement> List(this JsonElement from, string name) =>
        from.Find(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static string? Text(this JsonElement from, string name) =>
        from.Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static double? Number(this JsonElement from, string name) =>
        from.Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value)
            ? value
            : null;

    public static TimeSpan? Seconds(this JsonElement from, string name) =>
        from.Number(name) is >= 0 and < MostSeconds and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static TimeSpan? Milliseconds(this JsonElement from, string name) =>
        from.Number(name) is >= 0 and < MostSeconds * 1000 and var time ? TimeSpan.FromMilliseconds(time) : null;
}
