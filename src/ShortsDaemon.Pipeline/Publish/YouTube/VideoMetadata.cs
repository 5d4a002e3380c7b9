using System.Globalization;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What is sent with the video.</summary>
internal static class VideoMetadata
{
    // Nearer than this YouTube might take it for the past and show it at once, which would be right, too.
    private static readonly TimeSpan SoonestSlot = TimeSpan.FromMinutes(1);

    public static VideoResource Of(Delivery delivery, PostText text, DateTimeOffset now)
    {
        var (to, promise) = (delivery.To, delivery.Promise);
        var isAhead = to.UploadAhead && promise.SlotAt > now + SoonestSlot;
        var language = text.Language.Length > 0 ? text.Language : null;
        return new VideoResource
        {
            Snippet = new()
            {
                Title = text.Title,
                Description = text.Description,
                // Without ours it could not be found again.
                Tags = [promise.Marker!, .. text.Tags],
                CategoryId = to.Category.ToString(CultureInfo.InvariantCulture),
                DefaultLanguage = language,
                DefaultAudioLanguage = language,
            },
            Status = new()
            {
                PrivacyStatus = isAhead ? "private" : NameOf(to.Privacy),
                PublishAt = isAhead ? Rfc3339(promise.SlotAt!.Value) : null,
                SelfDeclaredMadeForKids = to.MadeForKids,
                ContainsSyntheticMedia = to.SyntheticMedia,
            },
        };
    }

    public static string NameOf(YouTubePrivacy privacy) => privacy.ToString().ToLowerInvariant();

    private static string Rfc3339(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
