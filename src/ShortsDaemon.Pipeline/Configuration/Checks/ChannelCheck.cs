using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>What a channel needs before it can run.</summary>
internal sealed partial class ChannelCheck(CronCheck crons, ProblemList problems)
{
    public void Look(ShortsOptions options)
    {
        foreach (var (name, channel) in options.Channels)
            Look(name, channel, $"Channels:{name}");
    }

    private void Look(string name, ChannelOptions channel, string key)
    {
        // The name becomes part of folder names, log lines and job keys.
        if (!AllowedName().IsMatch(name))
            problems.Error(key, "the name of a channel has only letters, digits, - and _", "Rename the channel.");
        Zone(channel.TimeZone, $"{key}:TimeZone");
        for (var i = 0; i < channel.Schedule.Count; i++)
            crons.Look(channel.Schedule[i].Cron, $"{key}:Schedule:{i}");
        if (channel.Enabled)
            Ends(channel, key);
        DestinationNames(channel, key);
    }

    private void Zone(string zone, string key)
    {
        if (problems.Has(key) || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            return;
        var near = Nearest.Hint(zone, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id));
        problems.Error(
            key,
            $"'{zone}' is not a time zone",
            $"Write an IANA name, for instance Europe/Berlin. {near}".TrimEnd()
        );
    }

    private void Ends(ChannelOptions channel, string key)
    {
        // An entry that is there but wrong has been reported under its own key.
        if (channel.Sources.Count == 0 && !problems.HasUnder($"{key}:Sources"))
            problems.Error($"{key}:Sources", "an enabled channel needs a source", "Add one, or set Enabled to false.");
        if (channel.Destinations.Count == 0 && !problems.HasUnder($"{key}:Destinations"))
            problems.Error(
                $"{key}:Destinations",
                "an enabled channel needs a destination",
                "Add one, or set Enabled to false."
            );
    }

    private void DestinationNames(ChannelOptions channel, string key)
    {
        var twice = channel
            .Destinations.GroupBy(destination => destination.Name ?? destination.Type, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1);
        foreach (var group in twice)
            problems.Error(
                $"{key}:Destinations",
                $"{group.Count()} destinations are called '{group.Key}'",
                "Give each its own Name; the history tells them apart by it."
            );
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.None, 1000)]
    private static partial Regex AllowedName();
}
