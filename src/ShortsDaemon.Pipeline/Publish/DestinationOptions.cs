using System.ComponentModel.DataAnnotations;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>Keys that every destination has. The section's Type picks the plug-in and its own options class.</summary>
public abstract class DestinationOptions
{
    /// <summary>The plug-in's name, for instance Folder.</summary>
    public string Type { get; init; } = "";

    /// <summary>What the history calls it; needed when a channel has two destinations of one type. Default: the type.</summary>
    public string? Name { get; init; }

    /// <summary>Largest file it takes, in MiB; 0: any size.</summary>
    [Range(0, 1_000_000)]
    public int MaxSizeMiB { get; init; }

    /// <summary>What the history calls it, for instance "inbox/Folder".</summary>
    public string NameIn(string channel) => $"{channel}/{Name ?? Type}";
}
