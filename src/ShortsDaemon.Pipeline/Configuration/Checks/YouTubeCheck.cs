using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Sources.TwitchClips;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>What YouTube would refuse.</summary>
internal static class YouTubeCheck
{
    private const double ChunkStep = 0.25;

    public static void Look(ShortsOptions options, ProblemList problems)
    {
        if (options.YouTube.ChunkMiB % ChunkStep != 0)
            problems.Error("YouTube:ChunkMiB", "it is no multiple of 0.25", "Write for instance 0.25, 2 or 8.");
        foreach (var (name, channel) in options.Channels)
            for (var i = 0; i < channel.Destinations.Count; i++)
                if (channel.Destinations[i] is YouTubeDestinationOptions to)
                {
                    var key = $"Channels:{name}:Destinations:{i}";
                    Look(to, key, problems);
                    if (to.Subtitles)
                        LookAtSubtitles(options.YouTube.Quota, channel, to, key, problems);
                }
    }

    private static void LookAtSubtitles(
        YouTubeQuotaOptions quota,
        ChannelOptions channel,
        YouTubeDestinationOptions to,
        string key,
        ProblemList problems
    )
    {
        if (quota.UnitsPerDay < YouTubeSubtitles.LeastUnitsPerDay)
            problems.Error(
                $"{key}:Subtitles",
                $"they need 450 units for each Short, and YouTube:Quota:UnitsPerDay is {quota.UnitsPerDay}",
                $"Set UnitsPerDay to {YouTubeSubtitles.LeastUnitsPerDay} or more, or Subtitles to false."
            );
        // The language of a stream is known.
        var isTold = channel.Sources.TrueForAll(source => source is TwitchClipsSourceOptions);
        if (!isTold && channel.Render.Captions.Language.Length == 0 && to.Language.Length == 0)
            problems.Warning(
                $"{key}:Subtitles",
                "YouTube takes no subtitles of which it does not know the language",
                "Set Render:Captions:Language of the channel, for instance to en."
            );
    }

    private static void Look(YouTubeDestinationOptions to, string key, ProblemList problems)
    {
        if (to is { UploadAhead: true, Privacy: not YouTubePrivacy.Public })
            problems.Error(
                $"{key}:UploadAhead",
                $"YouTube shows a Short later only when it is to be public then, and Privacy is {to.Privacy}",
                "Set Privacy to Public, or UploadAhead to false."
            );
        if (to.ChannelId.Length > 0 && !to.ChannelId.StartsWith("UC", StringComparison.Ordinal))
            problems.Error(
                $"{key}:ChannelId",
                $"'{to.ChannelId}' is no id of a channel",
                "It begins with UC; youtube.com shows it under Settings, Advanced settings."
            );
    }
}
