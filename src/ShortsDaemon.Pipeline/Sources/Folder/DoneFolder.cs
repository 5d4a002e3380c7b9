using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.Folder;

/// <summary>Where originals go whose Shorts are out, when the owner wants that.</summary>
internal static class DoneFolder
{
    public static void Take(Item item, string folder)
    {
        Directory.CreateDirectory(folder);
        var names = NamesOf(item.Location, item.Id);
        var target = Path.Combine(folder, names[0]);
        if (File.Exists(target))
            target = Path.Combine(folder, names[1]);
        File.Move(item.Location, target, overwrite: false);
    }

    /// <returns>The names an original may have there; the second when the first was taken.</returns>
    public static IReadOnlyList<string> NamesOf(string location, ItemId item)
    {
        var name = Path.GetFileName(location);
        return [name, $"{Path.GetFileNameWithoutExtension(name)} ({item}){Path.GetExtension(name)}"];
    }
}
