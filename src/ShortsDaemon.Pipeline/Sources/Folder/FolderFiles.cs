using System.IO.Enumeration;

namespace ShortsDaemon.Pipeline.Sources.Folder;

/// <summary>The files of a folder that could be recordings.</summary>
internal static class FolderFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".avi",
        ".flv",
        ".ts",
        ".mts",
        ".m2ts",
        ".mpg",
        ".mpeg",
        ".3gp",
        ".wmv",
        ".asf",
        ".ogv",
        ".mxf",
    };

    // Hidden files, and whatever recorders, browsers and copy programs call a file they still write.
    private static readonly string[] Unfinished = [".part", ".tmp", ".crdownload", ".download", ".partial"];

    private const char NoCharacter = '\uFFFD';

    public static IEnumerable<FileInfo> In(FolderSourceOptions folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = folder.Subfolders,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        var files = new FileSystemEnumerable<FileInfo>(folder.Path, (ref e) => (FileInfo)e.ToFileSystemInfo(), options)
        {
            ShouldIncludePredicate = (ref e) => !e.IsDirectory,
            // A folder that links to one above it would be walked for ever.
            ShouldRecursePredicate = (ref e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return files
            .Where(file => IsRecording(file.Name) && !IsIn(file.FullName, folder.MoveDoneTo))
            // Gone again meanwhile; but a name that is not valid UTF-8 can be listed and never opened: that has to be told.
            .Where(file => Real(file).Exists || IsUnreachable(file.FullName));
    }

    /// <summary>
    /// The file itself, where a link stands for it: size and time of the link tell nothing. A link that leads nowhere, in a
    /// ring or where we may not look stands for a file that does not exist.
    /// </summary>
    public static FileInfo Real(FileInfo file)
    {
        try
        {
            return file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not the link: that one exists. Below it there is nothing.
            return new FileInfo(Path.Combine(file.FullName, "unresolved"));
        }
    }

    /// <summary>Its name is not valid UTF-8 and nothing can open it.</summary>
    public static bool IsUnreachable(string path) =>
        path.Contains(NoCharacter, StringComparison.Ordinal) && !File.Exists(path);

    public static bool IsRecording(string name) =>
        !name.StartsWith('.')
        && Extensions.Contains(Path.GetExtension(name))
        && !Unfinished.Any(mark =>
            Path.GetFileNameWithoutExtension(name).EndsWith(mark, StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsIn(string path, string folder) =>
        folder.Length > 0
        && path.StartsWith(
            Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );
}
