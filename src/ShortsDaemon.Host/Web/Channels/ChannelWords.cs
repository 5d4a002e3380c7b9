using System.Globalization;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Channels;

/// <summary>What the Channels pages say in words.</summary>
internal static class ChannelWords
{
    public static string Tell(ChannelLine line) =>
        line.Standing switch
        {
            ChannelStanding.Works => "at work",
            ChannelStanding.Paused => line.Pause!.Reason,
            ChannelStanding.Off => "switched off in the configuration",
            _ => "no longer in the configuration",
        };

    /// <summary>Name of the look; what it means is said beside it.</summary>
    public static string Kind(ChannelStanding standing) =>
        standing switch
        {
            ChannelStanding.Works => "good",
            ChannelStanding.Paused => "fair",
            _ => "open",
        };

    public static string Tell(Run run) =>
        run.Problem is null ? $"{run.Found} found, {run.Selected} selected" : "it could not look everywhere";

    public static string Windows(PostingOptions options) =>
        options.Windows.Count == 0
            ? "at any time"
            : string.Join(", ", options.Windows.Select(window => $"{window.Days} {window.Hours}".Trim()));

    public static string Today(PostingStanding standing) =>
        standing.TodayMost is { } most ? $"{standing.Today} of {most}" : $"{standing.Today}, no cap";

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Share(long part, long whole) =>
        whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0} %");

    public static string Here(DateTimeOffset instant, ChannelClock clock) =>
        clock.Here(instant).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " " + clock.Name;
}
