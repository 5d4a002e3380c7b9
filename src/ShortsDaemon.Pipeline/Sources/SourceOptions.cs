namespace ShortsDaemon.Pipeline.Sources;

/// <summary>Keys that every source has. The section's Type picks the plug-in and its own options class.</summary>
public abstract class SourceOptions
{
    /// <summary>The plug-in's name, for instance Folder.</summary>
    public string Type { get; init; } = "";
}
