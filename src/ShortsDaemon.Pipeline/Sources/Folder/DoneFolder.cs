using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.Folder;

/// <summary>Where originals go whose Shorts are out, when the owner wants that.</summary>
internal static class DoneFolder
{
    public static void Take(Item item, string folder)
    {
        Directory.CreateDirectory(folder);
        var name = Path.GetFileName(item.Location);
        var target = Path.Combine(folder, name);
        if (File.Exists(target))
            target = Path.Combine(
                folder,
                $"{Path.GetFileNameWithoutExtension(name)} ({item.Id}){Path.GetExtension(name)}"
            );
        File.Move(item.Location, target, overwrite: false);
    }
}
