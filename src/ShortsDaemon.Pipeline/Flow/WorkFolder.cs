using ShortsDaemon.Media.Commands;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>The files of one item under way. A file is written under its partial name and renamed when it is whole.</summary>
public sealed record WorkFolder(string Root)
{
    public string Source => Path.Combine(Root, "source");
    public string Video => Path.Combine(Root, "short.mp4");
    public string Thumbnail => Path.Combine(Root, "thumbnail.jpg");

    /// <summary>1280×720. Nobody depends on it: Shorts of earlier versions have none.</summary>
    public string WideThumbnail => ShortRequest.WideOf(Thumbnail);

    /// <summary>The captions; there only when the Short has some. Beside the video under its name, where publishers look.</summary>
    public string Subtitles => Path.ChangeExtension(Video, ".srt");

    /// <summary>The name a file has while it is written.</summary>
    public static string Partial(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, "part-" + Path.GetFileName(path));

    /// <summary>Where a source keeps what it has so far of the file it brings to this path. Survives failed tries.</summary>
    public static string Scratch(string path) => Path.Combine(Path.GetDirectoryName(path)!, "fetch");

    public void DropScratch()
    {
        if (Directory.Exists(Scratch(Source)))
            Directory.Delete(Scratch(Source), recursive: true);
    }

    public void Create() => Directory.CreateDirectory(Root);

    /// <summary>Gives a written file its real name. Synced first: after a power cut the name would stand for an empty file.</summary>
    public static void Finish(string path)
    {
        using (var file = File.OpenHandle(Partial(path), FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.Move(Partial(path), path, overwrite: true);
    }

    public void Delete()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    /// <returns>Why it could not be removed; null: it is gone.</returns>
    public string? TryDelete()
    {
        try
        {
            Delete();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
