namespace ShortsDaemon.Pipeline.Retention;

/// <summary>The last look before a file goes.</summary>
internal static class OwnFile
{
    /// <summary>Whatever changed later may be in use by somebody who wrote down nothing of it.</summary>
    public static readonly TimeSpan Youngest = TimeSpan.FromHours(1);

    /// <returns>Whether it is a plain file, lies in this very folder, and nobody has touched it lately.</returns>
    public static bool MayGo(string path, string folder, DateTimeOffset now)
    {
        var file = new FileInfo(path);
        return file.Exists
            && file.LinkTarget is null
            && file.DirectoryName == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
            && IsOld(file, now);
    }

    public static bool IsOld(FileSystemInfo file, DateTimeOffset now) =>
        now - new DateTimeOffset(file.LastWriteTimeUtc) >= Youngest;

    public static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
