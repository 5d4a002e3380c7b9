using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace ShortsDaemon.Host.Commands;

/// <summary>What --json prints and the API answers: camelCase, enums by name, one document.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Format { get; } =
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new JsonStringEnumConverter() },
        };

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, Format));
}
