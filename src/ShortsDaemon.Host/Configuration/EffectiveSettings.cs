using System.Text.Json.Nodes;
using ShortsDaemon.Host.Commands.Support;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>One value of the configuration in force.</summary>
/// <param name="Key">Full key.</param>
/// <param name="Value">As it is understood: paths are absolute, secrets only say that they are set.</param>
/// <param name="From">File, environment, command line, running daemon, or default.</param>
public sealed record Setting(string Key, string Value, string From);

/// <summary>Every value of a part of the configuration, and where it comes from.</summary>
internal static class EffectiveSettings
{
    private const string Default = "default";
    private const string Nothing = "";

    /// <param name="options">The part.</param>
    /// <param name="key">Its key.</param>
    /// <param name="layers">What was read; null: nobody knows where values come from.</param>
    public static IReadOnlyList<Setting> Of(object options, string key, LayeredConfiguration? layers) =>
        [.. Walk(OptionsTree.Of(options), key, layers)];

    private static IEnumerable<Setting> Walk(JsonNode? node, string key, LayeredConfiguration? layers) =>
        node switch
        {
            JsonObject { Count: > 0 } fields => fields.SelectMany(f => Walk(f.Value, $"{key}:{f.Key}", layers)),
            JsonArray { Count: > 0 } list => list.SelectMany(
                (entry, i) => Walk(entry, EntryKey(key, i, layers), layers)
            ),
            _ => [new Setting(key, SecretFree.Text(Say(node)), Origin(key, Say(node), layers))],
        };

    private static string Say(JsonNode? node) =>
        node switch
        {
            null or JsonObject or JsonArray => Nothing,
            _ => node.ToString(),
        };

    // The environment may leave numbers out: the second entry is then not called 1.
    private static string EntryKey(string key, int index, LayeredConfiguration? layers)
    {
        var written = layers?.Root.GetSection(key).GetChildren().Select(child => child.Key).ElementAtOrDefault(index);
        return $"{key}:{written ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static string Origin(string key, string value, LayeredConfiguration? layers)
    {
        if (layers is null)
            return "not known";
        if (layers.OriginOf(key) is { } own)
            return own.ToString();
        // A section that is written as one plain value, such as a cron expression.
        var above = key[..key.LastIndexOf(':')];
        return value.Length > 0 && layers.Root[above] == value && layers.OriginOf(above) is { } plain
            ? plain.ToString()
            : Default;
    }
}
