namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>Follows symbolic links, so that two names of one folder compare equal.</summary>
public static class RealPath
{
    /// <param name="path">Absolute; need not exist.</param>
    public static string Of(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            real = Follow(Path.Combine(real, part));
        return real;
    }

    private static string Follow(string path)
    {
        try
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Not there yet, a ring of links, or not ours to look into: the name itself is all there is to compare.
            return path;
        }
    }
}
