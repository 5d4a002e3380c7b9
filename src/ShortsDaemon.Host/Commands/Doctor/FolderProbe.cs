namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Tries whether a folder can be written, and leaves no trace: a folder that is not there is not made.</summary>
internal static class FolderProbe
{
    /// <returns>The folder itself or the nearest one above it that exists.</returns>
    public static string Existing(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
            path = parent;
        return path;
    }

    /// <returns>Why nothing can be written there; null when it can.</returns>
    public static string? WriteProblem(string folder)
    {
        var existing = Existing(folder);
        if (File.Exists(folder))
            return $"'{folder}' is a file";
        var probe = Path.Combine(existing, $".shorts-probe-{Guid.NewGuid():N}");
        try
        {
            using var file = new FileStream(
                probe,
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
            file.WriteByte(0);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"'{existing}' cannot be written: {e.Message.Replace(probe, existing, StringComparison.Ordinal)}";
        }
    }

    public static string Mend(string folder) =>
        $"Give it to the user of the daemon: chown {Environment.UserName} '{Existing(folder)}', or mount its disk for writing.";
}
