using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShortsDaemon.Host.Health;

/// <summary>The JSON form of the HealthChecks UI project; see docs/decisions/health-json-writer.md.</summary>
internal static class HealthJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        // It is read by people too, and never as HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>UTF-8. Durations are [d.]hh:mm:ss[.fffffff]; of an exception only the message.</returns>
    public static byte[] Write(HealthReport report) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Page(
                report.Status,
                report.TotalDuration,
                report.Entries.ToDictionary(entry => entry.Key, entry => EntryOf(entry.Value))
            ),
            Options
        );

    private static Entry EntryOf(HealthReportEntry entry)
    {
        var exception = SecretFree.Text(entry.Exception?.Message);
        return new Entry(
            entry.Data.ToDictionary(value => value.Key, value => Value(value.Value)),
            SecretFree.Text(entry.Description) ?? exception,
            entry.Duration,
            exception,
            entry.Status,
            entry.Tags
        );
    }

    private static object Value(object value) => value is string text ? SecretFree.Text(text) : value;

    private sealed record Page(HealthStatus Status, TimeSpan TotalDuration, Dictionary<string, Entry> Entries);

    // In the order in which the original writes them.
    private sealed record Entry(
        Dictionary<string, object> Data,
        string? Description,
        TimeSpan Duration,
        string? Exception,
        HealthStatus Status,
        IEnumerable<string> Tags
    );
}
