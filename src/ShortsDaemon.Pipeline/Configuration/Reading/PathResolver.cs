namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Makes the paths of the configuration absolute.</summary>
internal sealed class PathResolver(string currentDirectory, string dataDirectory)
{
    /// <returns>The absolute path, an empty text for an empty one, null when it cannot be a path.</returns>
    public string? TryResolve(string value, RelativePathAttribute rule, ConfigurationLayer? origin)
    {
        if (value.Length == 0 || (rule.BareNames && !value.Contains('/')))
            return value;
        return TryResolve(value, Base(rule.RelativeTo, origin));
    }

    public string? TryResolveInDataDirectory(string value) => TryResolve(value, dataDirectory);

    private static string? TryResolve(string value, string folder) =>
        value.Contains('\0') ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(ExpandHome(value), folder));

    private string Base(PathBase relativeTo, ConfigurationLayer? origin)
    {
        if (relativeTo == PathBase.DataDirectory)
            return dataDirectory;
        if (origin is { Kind: LayerKind.ConfigFile, File: { } file })
            return Path.GetDirectoryName(file) ?? dataDirectory;
        return relativeTo == PathBase.CurrentDirectory ? currentDirectory : dataDirectory;
    }

    private static string ExpandHome(string value) =>
        value == "~" || value.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + value[1..]
            : value;
}
