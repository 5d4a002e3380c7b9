using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.Folder;

/// <summary>Recordings dropped into a folder.</summary>
public sealed class FolderSourceOptions : SourceOptions
{
    /// <summary>The folder; made when it does not exist.</summary>
    [Required, RelativePath(PathBase.DeclaringFile)]
    public string Path { get; init; } = "";

    /// <summary>Looks into subfolders too.</summary>
    public bool Subfolders { get; init; } = true;

    /// <summary>A file is whole when its size and time have not changed for this long, in s.</summary>
    [Range(0, 3600)]
    public double SettleSeconds { get; init; } = 2;

    /// <summary>Where the original goes once its Short is out; empty: it stays, unchanged.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string MoveDoneTo { get; init; } = "";
}
