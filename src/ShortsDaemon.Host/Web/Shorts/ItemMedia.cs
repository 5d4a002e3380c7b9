using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>Where the files of an item are now, as far as they may be shown.</summary>
internal sealed class ItemMedia(DataFolder data, KnownRoots roots)
{
    /// <param name="item">The item.</param>
    /// <param name="places">Where its Short was published: paths, or ids of a platform.</param>
    /// <returns>Null: there is none.</returns>
    public MediaFile? Thumbnail(ItemId item, IEnumerable<string> places) =>
        First([
            data.PreviewOf(item),
            data.Of(item).Thumbnail,
            .. Folders(places).Select(place => Path.ChangeExtension(place, ".jpg")),
        ]);

    /// <inheritdoc cref="Thumbnail"/>
    public MediaFile? Short(ItemId item, IEnumerable<string> places) =>
        First([data.Of(item).Video, .. Folders(places).Where(place => Path.GetExtension(place) == ".mp4")]);

    /// <returns>The recording: our copy of it, or the original if it is still the one that was taken. Null: neither.</returns>
    public MediaFile? Source(Item item)
    {
        var isFolder = item.SourceType == FolderSource.TypeName;
        // Our copy has no ending of its own; platforms deliver MP4.
        var type = isFolder ? MediaFile.TypeOf(item.Location) : MediaFile.Mp4;
        if (First([data.Of(item.Id).Source]) is { } copy)
            return copy with { Type = type };
        return isFolder && roots.Holds(item.Location) && FolderSource.IsStill(item)
            ? new MediaFile(item.Location, type)
            : null;
    }

    private static IEnumerable<string> Folders(IEnumerable<string> places) => places.Where(Path.IsPathFullyQualified);

    private MediaFile? First(IEnumerable<string> paths) =>
        paths.FirstOrDefault(roots.Holds) is { } path ? new MediaFile(path, MediaFile.TypeOf(path)) : null;
}

/// <param name="Path">Absolute.</param>
/// <param name="Type">Media type.</param>
internal sealed record MediaFile(string Path, string Type)
{
    public const string Mp4 = "video/mp4";

    /// <summary>What is not known is never something that a browser would run.</summary>
    public static string TypeOf(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".mp4" or ".m4v" => Mp4,
            ".mov" => "video/quicktime",
            ".mkv" => "video/x-matroska",
            ".webm" => "video/webm",
            ".avi" => "video/x-msvideo",
            ".flv" => "video/x-flv",
            ".ts" or ".m2ts" or ".mts" => "video/mp2t",
            ".jpg" => "image/jpeg",
            _ => "application/octet-stream",
        };
}
