using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>Keeps the daemon from eating its own Shorts.</summary>
internal static class FolderCheck
{
    private sealed record Folder(string Key, string Path);

    public static void Look(ShortsOptions options, ProblemList problems)
    {
        var channels = options.Channels.Where(channel => channel.Value.Enabled).ToList();
        var outlets = channels.SelectMany(channel => Outlets(channel.Key, channel.Value)).ToList();
        foreach (var (name, channel) in channels)
            for (var i = 0; i < channel.Sources.Count; i++)
                if (channel.Sources[i] is FolderSourceOptions { Path.Length: > 0 } source)
                    Look(source, $"Channels:{name}:Sources:{i}", outlets, options.Daemon.DataDirectory, problems);
    }

    private static void Look(
        FolderSourceOptions source,
        string key,
        List<Folder> outlets,
        string data,
        ProblemList problems
    )
    {
        const string Mend = "Keep the two folders apart.";
        var path = RealPath.Of(source.Path);
        foreach (var outlet in outlets)
            if (Within(outlet.Path, path) || Within(path, outlet.Path))
                problems.Error(
                    $"{key}:Path",
                    $"it overlaps the destination {outlet.Key}; Shorts would become recordings",
                    Mend
                );
        if (data.Length > 0 && Within(RealPath.Of(data), path))
            problems.Error($"{key}:Path", "the data directory lies in it; work files would become recordings", Mend);
        if (source.MoveDoneTo.Length == 0)
            return;
        var done = RealPath.Of(source.MoveDoneTo);
        if (source.Subfolders ? Within(done, path) : Same(done, path))
            problems.Error($"{key}:MoveDoneTo", "it lies in the source folder; recordings would come back", Mend);
    }

    private static IEnumerable<Folder> Outlets(string channel, ChannelOptions options) =>
        options
            .Destinations.Select((destination, index) => (destination, key: $"Channels:{channel}:Destinations:{index}"))
            .Where(entry => entry.destination is FolderDestinationOptions { Path.Length: > 0 })
            .Select(entry => new Folder(entry.key, RealPath.Of(((FolderDestinationOptions)entry.destination).Path)));

    private static bool Same(string one, string other) => string.Equals(one, other, Case);

    private static bool Within(string inner, string outer) =>
        Same(inner, outer) || inner.StartsWith(outer.TrimEnd('/') + "/", Case);

    /// <summary>macOS volumes ignore case unless somebody formatted them otherwise.</summary>
    private static StringComparison Case =>
        OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
