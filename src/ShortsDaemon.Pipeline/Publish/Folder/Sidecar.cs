using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Folder;

/// <summary>The JSON beside a Short: what it is, where it came from and why it was chosen.</summary>
internal static class Sidecar
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static byte[] Describe(Shipment shipment, Decision? decision)
    {
        var (item, rendition) = (shipment.Item, shipment.Rendition);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Item = item.Id.Value,
                Title = item.WantedTitle ?? item.Title,
                item.Channel,
                Source = new
                {
                    item.Source,
                    item.ExternalId,
                    item.Location,
                    item.RecordedAt,
                    Sha256 = item.ContentHash,
                },
                rendition.Sha256,
                rendition.SizeBytes,
                rendition.LengthSeconds,
                rendition.Layout,
                rendition.Encoder,
                rendition.FrameRate,
                Checks = rendition.Checks.Select(c => new { c.Check, c.Finding }),
                Decision = decision is null
                    ? null
                    : new
                    {
                        decision.At,
                        Verdict = decision.Verdict.ToString(),
                        decision.Score,
                        decision.Reason,
                        decision.Features,
                    },
            },
            Format
        );
    }

    /// <returns>What the JSON at this path says of the Short of this channel beside it; null: it is none of ours.</returns>
    public static (string Source, string ExternalId, string? Title, long SizeBytes)? Read(string path, string channel)
    {
        try
        {
            using var file = File.OpenRead(path);
            var about = JsonSerializer.Deserialize<Origin>(file, Format);
            return about is { Source: { Source: { } source, ExternalId: { } id } } && about.Channel == channel
                ? (source, id, about.Title, about.SizeBytes)
                : null;
        }
        catch (JsonException)
        {
            return null; // somebody else's
        }
    }

    /// <returns>Whether the JSON at this path was written for this item.</returns>
    public static bool IsOf(Item item, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var about = JsonSerializer.Deserialize<Origin>(file, Format);
            return about?.Item == item.Id.Value && about.Source?.Sha256 == item.ContentHash;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return false; // what cannot be read is not known to be ours, and another name is always free
        }
    }

    private sealed record Origin(long? Item, string? Channel, string? Title, long SizeBytes, OriginSource? Source);

    private sealed record OriginSource(string? Source, string? ExternalId, string? Sha256);
}
