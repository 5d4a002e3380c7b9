namespace ShortsDaemon.Pipeline.Sources;

/// <summary>The source plug-ins by their type.</summary>
public sealed class SourceCatalog(IEnumerable<ISource> sources)
{
    private readonly Dictionary<string, ISource> _byType = sources.ToDictionary(
        source => source.Type,
        StringComparer.OrdinalIgnoreCase
    );

    public ISource Of(string type) =>
        _byType.TryGetValue(type, out var source)
            ? source
            : throw new InvalidOperationException($"there is no source of type '{type}'");
}
