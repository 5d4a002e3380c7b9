namespace ShortsDaemon.Media.Processes;

/// <summary>Finds an executable the way a shell would.</summary>
public static class ToolPath
{
    /// <returns>The absolute path, or null when there is no such executable file.</returns>
    public static string? Find(string nameOrPath)
    {
        if (nameOrPath.Contains(Path.DirectorySeparatorChar))
            return IsExecutable(nameOrPath) ? Path.GetFullPath(nameOrPath) : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        return folders
            .Select(folder => Path.GetFullPath(nameOrPath, Path.GetFullPath(folder)))
            .FirstOrDefault(IsExecutable);
    }

    /// <exception cref="ToolMissingException">With the mend in its message.</exception>
    public static string Require(string nameOrPath) =>
        Find(nameOrPath)
        ?? throw new ToolMissingException(
            File.Exists(nameOrPath)
                ? $"'{nameOrPath}' is not executable: chmod +x it"
                : $"'{nameOrPath}' was not found: install it or set its path under Tools"
        );

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (
            File.GetUnixFileMode(path)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)
        ) != 0;
}
