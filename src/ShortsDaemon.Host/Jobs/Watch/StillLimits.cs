using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>
/// How long a run may stand still. Every call, transfer and program has a limit of its own, which comes first; these are for
/// what slips through.
/// </summary>
internal static class StillLimits
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    // The measuring passes before and after an encode, which show no progress, have limits that add up to so much.
    private static readonly TimeSpan Measuring = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan Channel = TimeSpan.FromHours(1);

    /// <summary>Maintenance: copying a large database to a slow disk.</summary>
    public static readonly TimeSpan Job = TimeSpan.FromHours(6);

    public static TimeSpan Of(ItemState? stage, ShortsOptions options) =>
        stage switch
        {
            // Twice: the official download, then yt-dlp.
            ItemState.Download => Seconds(2 * options.Twitch.DownloadSeconds) + Slack,
            ItemState.Render => Seconds(options.Encoding.StallSeconds) + Measuring,
            ItemState.Gate => Measuring,
            ItemState.Publish => Seconds(options.YouTube.StallSeconds) + Slack,
            _ => Slack,
        };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
