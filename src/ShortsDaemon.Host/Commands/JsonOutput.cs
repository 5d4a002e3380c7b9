using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace ShortsDaemon.Host.Commands;

/// <summary>What --json prints: camelCase, enums by name, one document on standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Format));
}
