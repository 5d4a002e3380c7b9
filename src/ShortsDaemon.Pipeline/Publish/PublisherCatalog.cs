namespace ShortsDaemon.Pipeline.Publish;

/// <summary>The publisher plug-ins by their type.</summary>
public sealed class PublisherCatalog(IEnumerable<IPublisher> publishers)
{
    private readonly Dictionary<string, IPublisher> _byType = publishers.ToDictionary(
        publisher => publisher.Type,
        StringComparer.OrdinalIgnoreCase
    );

    public IPublisher Of(string type) =>
        _byType.TryGetValue(type, out var publisher)
            ? publisher
            : throw new InvalidOperationException($"there is no destination of type '{type}'");
}
