using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Folder;

/// <summary>The files of one Short in a folder. They are laid in the order JSON, thumbnails, captions if there are any, video.</summary>
internal sealed record FolderPlace(string Folder, string Name)
{
    public string About => Path.Combine(Folder, Name + ".json");
    public string Thumbnail => Path.Combine(Folder, Name + ".jpg");
    public string Wide => Path.Combine(Folder, Name + ".wide.jpg");
    public string Video => Path.Combine(Folder, Name + ".mp4");
    public string Subtitles => Path.Combine(Folder, Name + ".srt");

    public async Task<bool> HoldsAsync(string sha256, CancellationToken cancel) =>
        File.Exists(Video) && await FileHash.OfAsync(Video, cancel) == sha256;

    /// <summary>No file of somebody else would be overwritten. What lies beside our JSON is ours.</summary>
    public bool IsFreeFor(Item item) =>
        !Path.Exists(Video)
        && (
            Path.Exists(About)
                ? Sidecar.IsOf(item, About)
                : !Path.Exists(Thumbnail) && !Path.Exists(Wide) && !Path.Exists(Subtitles)
        );

    /// <summary>Removes what a killed process may have laid here of this item.</summary>
    public void Leave(Item item)
    {
        foreach (var file in (string[])[About, Thumbnail, Wide, Subtitles, Video])
            File.Delete(DurableFile.Partial(file));
        if (!File.Exists(About) || !Sidecar.IsOf(item, About))
            return;
        File.Delete(Thumbnail);
        File.Delete(Wide);
        File.Delete(Subtitles);
        File.Delete(About);
    }
}
