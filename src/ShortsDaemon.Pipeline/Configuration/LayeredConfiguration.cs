using Microsoft.Extensions.Configuration;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>All layers, weakest first, and where each value comes from.</summary>
public sealed class LayeredConfiguration(IReadOnlyList<ConfigurationLayer> layers)
{
    public IReadOnlyList<ConfigurationLayer> Layers { get; } = layers;

    /// <summary>The merged view; nothing in it changes later.</summary>
    public IConfigurationRoot Root { get; } = Build(layers);

    public LayeredConfiguration With(ConfigurationLayer strongest) => new([.. Layers, strongest]);

    /// <returns>The layer whose value for exactly this key counts; null when no layer has one.</returns>
    public ConfigurationLayer? OriginOf(string key) => Layers.LastOrDefault(layer => layer.Values.ContainsKey(key));

    /// <returns>The layers that have a value for this key or for one below it, strongest first.</returns>
    public IEnumerable<ConfigurationLayer> OriginsUnder(string key) =>
        Layers.Reverse().Where(layer => layer.Holds(key));

    /// <summary>The last part of a key as the weakest layer spells it, whose place it is to give names.</summary>
    public string NameOf(string key)
    {
        var spelt = Layers.Select(layer => layer.SpellingOf(key)).OfType<string>().FirstOrDefault() ?? key;
        return spelt[(spelt.LastIndexOf(':') + 1)..];
    }

    private static IConfigurationRoot Build(IReadOnlyList<ConfigurationLayer> layers)
    {
        var builder = new ConfigurationBuilder();
        foreach (var layer in layers)
            builder.AddInMemoryCollection(layer.Values);
        return builder.Build();
    }
}
