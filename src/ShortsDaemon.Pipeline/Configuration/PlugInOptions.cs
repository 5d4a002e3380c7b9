using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Sources;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>The options class of each plug-in, by the name that stands in a section's Type.</summary>
/// <param name="Sources">Classes derived from <see cref="SourceOptions"/>.</param>
/// <param name="Destinations">Classes derived from <see cref="DestinationOptions"/>.</param>
/// <param name="Receivers">Classes derived from <see cref="ReceiverOptions"/>.</param>
public sealed record PlugInOptions(
    IReadOnlyDictionary<string, Type> Sources,
    IReadOnlyDictionary<string, Type> Destinations,
    IReadOnlyDictionary<string, Type> Receivers
)
{
    /// <returns>What may stand in Type where <paramref name="kind"/> is expected; null when it is no plug-in section.</returns>
    public IReadOnlyDictionary<string, Type>? Of(Type kind)
    {
        if (kind == typeof(SourceOptions))
            return Sources;
        if (kind == typeof(ReceiverOptions))
            return Receivers;
        return kind == typeof(DestinationOptions) ? Destinations : null;
    }
}
