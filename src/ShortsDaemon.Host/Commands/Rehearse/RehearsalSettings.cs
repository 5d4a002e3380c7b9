using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.World;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>
/// The values laid over the configuration: the platforms are those in the box, all folders lie in the rehearsal's own, and
/// schedules, windows and spacing are opened, so that minutes are enough to see something. Everything else is the user's.
/// </summary>
internal static class RehearsalSettings
{
    private const string OftenEnough = "0/10 * * * * ?";

    public static IEnumerable<string> OfTheDaemon(RehearsalFolder folder, WorldServer world) =>
        [
            .. world.Settings.Select(setting => $"{setting.Key}={setting.Value}"),
            $"Daemon:CredentialsDirectory={folder.Credentials}",
            "Daemon:Urls=http://127.0.0.1:0",
            "Daemon:DryRun=false",
            $"Storage:ConnectionString=Data Source={folder.Database}",
            $"YouTube:ClientSecretFile={folder.ClientSecret}",
            "Retry:FirstDelaySeconds=2",
            // A watcher elsewhere must not take the rehearsal for the real daemon.
            "HealthPing:Url=",
            "HealthPing:UrlFile=",
            "HealthPing:ProjectUrl=",
            "HealthPing:ProjectUrlFile=",
        ];

    /// <summary>Nobody is woken by a rehearsal.</summary>
    public static IEnumerable<string> OfReceivers(ShortsOptions options) =>
        options.Alerts.Select((_, i) => $"Alerts:{i}:Enabled=false");

    public static IEnumerable<string> OfChannels(ShortsOptions options, RehearsalFolder folder) =>
        options.Channels.Where(c => c.Value.Enabled).SelectMany(c => OfChannel(c.Key, c.Value, folder));

    private static IEnumerable<string> OfChannel(string name, ChannelOptions channel, RehearsalFolder folder)
    {
        for (var i = 0; i < Math.Max(1, channel.Schedule.Count); i++)
            yield return $"Channels:{name}:Schedule:{i}={OftenEnough}";
        for (var i = 0; i < channel.Sources.Count; i++)
            if (channel.Sources[i] is FolderSourceOptions)
            {
                yield return $"Channels:{name}:Sources:{i}:Path={Path.Combine(folder.Root, "inbox", name)}";
                yield return $"Channels:{name}:Sources:{i}:MoveDoneTo=";
            }
        for (var i = 0; i < channel.Destinations.Count; i++)
            foreach (var (key, value) in OfDestination(channel.Destinations[i], name, folder))
                yield return $"Channels:{name}:Destinations:{i}:{key}={value}";
    }

    private static IEnumerable<(string Key, string Value)> OfDestination(
        DestinationOptions destination,
        string channel,
        RehearsalFolder folder
    )
    {
        if (destination is FolderDestinationOptions)
            yield return ("Path", Path.Combine(folder.Root, "outbox", channel));
        if (destination is not PostingOptions posting)
            yield break;
        yield return ("MinSpacing", "0");
        yield return ("SlowStartDays", "0");
        for (var i = 0; i < posting.Windows.Count; i++)
            yield return ($"Windows:{i}", "00:00-24:00");
    }
}
