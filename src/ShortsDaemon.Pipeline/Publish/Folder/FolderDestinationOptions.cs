using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Publish.Folder;

/// <summary>Finished Shorts are laid into a folder.</summary>
public sealed class FolderDestinationOptions : DestinationOptions
{
    /// <summary>The folder; made when it does not exist.</summary>
    [Required, RelativePath(PathBase.DataDirectory)]
    public string Path { get; init; } = "";
}
