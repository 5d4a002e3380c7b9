using ShortsDaemon.Pipeline.Configuration.Reading;
using ShortsDaemon.Pipeline.Publish.YouTube;

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
                    Look(to, $"Channels:{name}:Destinations:{i}", problems);
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
