using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Configuration.Checks;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>The folders whose files may be shown. A path in the database alone opens nothing.</summary>
internal sealed class KnownRoots(LiveOptions live, DataFolder data)
{
    // Links that lead to links; more are a ring.
    private const int MostLinks = 40;

    private IEnumerable<string> Own => [data.Work, data.Previews];

    private IEnumerable<string> Destinations =>
        live.Value.Channels.Values.SelectMany(c => c.Destinations.OfType<FolderDestinationOptions>(), (_, d) => d.Path);

    private IEnumerable<string> Sources =>
        live.Value.Channels.Values.SelectMany(c => c.Sources.OfType<FolderSourceOptions>(), (_, s) => s.Path);

    /// <returns>Whether it is a file that lies in a folder of ours or of a channel, also with all links followed.</returns>
    public bool Holds(string path)
    {
        if (!Path.IsPathFullyQualified(path) || !File.Exists(path))
            return false;
        var (named, real) = (Path.GetFullPath(path), Follow(path));
        return Own.Concat(Destinations).Concat(Sources).Any(root => IsIn(root, named) && IsIn(Follow(root), real));
    }

    private static bool IsIn(string root, string path) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(root) + '/', StringComparison.Ordinal);

    // What a link leads to may go through links itself.
    private static string Follow(string path)
    {
        var real = Path.GetFullPath(path);
        for (var i = 0; i < MostLinks; i++)
        {
            var next = Path.GetFullPath(RealPath.Of(real));
            if (next == real)
                return real;
            real = next;
        }
        return "/";
    }
}
