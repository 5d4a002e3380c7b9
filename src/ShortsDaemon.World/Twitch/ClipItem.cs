using System.Globalization;

namespace ShortsDaemon.World.Twitch;

/// <summary>A clip as the API shows it.</summary>
internal static class ClipItem
{
    public static object Of(TwitchClip clip, TwitchWorld twitch, string worldUrl)
    {
        var (id, _, of) = clip;
        var vodKnown = of.VodKnownFrom <= twitch.Time.GetUtcNow();
        return new
        {
            Id = id,
            Url = $"{worldUrl}/clips/{id}.mp4",
            EmbedUrl = $"{worldUrl}/clips/embed?clip={id}",
            clip.BroadcasterId,
            BroadcasterName = twitch.Users.ById(clip.BroadcasterId)!.DisplayName,
            CreatorId = "2002",
            CreatorName = of.Creator,
            VideoId = vodKnown ? of.VodId : "",
            GameId = of.Game,
            of.Language,
            of.Title,
            ViewCount = of.Views,
            CreatedAt = of.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ThumbnailUrl = "https://static-cdn.example/x-480x272.jpg",
            of.Duration,
            VodOffset = vodKnown && of.VodId.Length > 0 ? of.VodOffset : null,
            IsFeatured = of.Featured,
        };
    }
}
