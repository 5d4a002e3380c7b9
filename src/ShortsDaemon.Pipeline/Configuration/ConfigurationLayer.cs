namespace ShortsDaemon.Pipeline.Configuration;

public enum LayerKind
{
    /// <summary>appsettings*.json beside the program.</summary>
    ProgramFile,

    /// <summary>A file named with --config.</summary>
    ConfigFile,
    Environment,
    CommandLine,

    /// <summary>Values the running daemon keeps until its next start.</summary>
    Running,
}

/// <summary>One place values come from, as it was at one moment.</summary>
/// <param name="Values">By full key; keys ignore case.</param>
/// <param name="File">Absolute path, for the two kinds of file.</param>
public sealed record ConfigurationLayer(
    LayerKind Kind,
    IReadOnlyDictionary<string, string?> Values,
    string? File = null
)
{
    public bool Holds(string key) => SpellingOf(key) is not null;

    /// <returns>The key in this layer's own upper and lower case; null when neither it nor one below it is here.</returns>
    public string? SpellingOf(string key) =>
        Values
            .Keys.FirstOrDefault(name =>
                name.StartsWith(key, StringComparison.OrdinalIgnoreCase)
                && (name.Length == key.Length || name[key.Length] == ':')
            )
            ?[..key.Length];

    public override string ToString() =>
        Kind switch
        {
            LayerKind.Environment => "environment",
            LayerKind.CommandLine => "command line",
            LayerKind.Running => "running daemon",
            _ => File ?? "file",
        };
}
