using System.Globalization;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What is sent with the video.</summary>
internal static class VideoMetadata
{
    private const int MostTagLetters = 500;

    // Nearer than this YouTube might take it for the past and show it at once, which would be right, too.
    private static readonly TimeSpan SoonestSlot = TimeSpan.FromMinutes(1);

    public static VideoResource Of(Delivery delivery, VideoText text, DateTimeOffset now)
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
                Tags = Tags(text.Tags, promise.Marker!),
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

    // Ours comes first: without it the video could not be found again.
    private static List<string> Tags(IReadOnlyList<string> wanted, string marker)
    {
        List<string> tags = [marker];
        var letters = marker.Length;
        foreach (var tag in wanted.Where(t => t.Length > 0))
        {
            letters += 1 + tag.Length + (tag.Contains(' ', StringComparison.Ordinal) ? 2 : 0);
            if (letters > MostTagLetters)
                break;
            tags.Add(tag);
        }
        return tags;
    }

    private static string Rfc3339(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
