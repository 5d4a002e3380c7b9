using System.Text.Json.Serialization;

namespace ShortsDaemon.Media.Probing;

/// <summary>The parts of ffprobe's JSON that are read. Numbers arrive as strings and any field may be missing.</summary>
internal sealed record ProbeDocument(
    [property: JsonPropertyName("streams")] IReadOnlyList<ProbeStream>? Streams,
    [property: JsonPropertyName("format")] ProbeFormat? Format
);

internal sealed record ProbeFormat(
    [property: JsonPropertyName("format_name")] string? Name,
    [property: JsonPropertyName("start_time")] string? Start,
    [property: JsonPropertyName("duration")] string? Duration,
    [property: JsonPropertyName("size")] string? Size
);

internal sealed record ProbeStream
{
    [JsonPropertyName("index")]
    public int Index { get; init; }

    [JsonPropertyName("codec_type")]
    public string? Type { get; init; }

    [JsonPropertyName("codec_name")]
    public string? Codec { get; init; }

    [JsonPropertyName("width")]
    public int Width { get; init; }

    [JsonPropertyName("height")]
    public int Height { get; init; }

    [JsonPropertyName("sample_aspect_ratio")]
    public string? SampleAspect { get; init; }

    [JsonPropertyName("pix_fmt")]
    public string? PixelFormat { get; init; }

    [JsonPropertyName("field_order")]
    public string? FieldOrder { get; init; }

    [JsonPropertyName("color_primaries")]
    public string? Primaries { get; init; }

    [JsonPropertyName("color_transfer")]
    public string? Transfer { get; init; }

    [JsonPropertyName("color_space")]
    public string? Space { get; init; }

    [JsonPropertyName("color_range")]
    public string? Range { get; init; }

    [JsonPropertyName("r_frame_rate")]
    public string? LowestRate { get; init; }

    [JsonPropertyName("avg_frame_rate")]
    public string? AverageRate { get; init; }

    [JsonPropertyName("sample_rate")]
    public string? SampleRate { get; init; }

    [JsonPropertyName("channels")]
    public int Channels { get; init; }

    [JsonPropertyName("channel_layout")]
    public string? Layout { get; init; }

    [JsonPropertyName("duration")]
    public string? Duration { get; init; }

    [JsonPropertyName("start_time")]
    public string? Start { get; init; }

    [JsonPropertyName("tags")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [JsonPropertyName("disposition")]
    public IReadOnlyDictionary<string, int>? Disposition { get; init; }

    [JsonPropertyName("side_data_list")]
    public IReadOnlyList<ProbeSideData?>? SideData { get; init; }

    public bool Has(string disposition) => Disposition?.GetValueOrDefault(disposition) == 1;
}

internal sealed record ProbeSideData([property: JsonPropertyName("rotation")] double? Rotation);
