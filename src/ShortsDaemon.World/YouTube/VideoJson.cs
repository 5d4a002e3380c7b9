using System.Globalization;
using System.Text.Json.Nodes;

namespace ShortsDaemon.World.YouTube;

/// <summary>A video as YouTube shows it to its owner.</summary>
internal static class VideoJson
{
    public static JsonObject Of(Video video, IReadOnlyList<string> parts, DateTimeOffset now)
    {
        var json = new JsonObject
        {
            ["kind"] = "youtube#video",
            ["etag"] = video.StateAt(now) + video.Id,
            ["id"] = video.Id,
        };
        if (parts.Contains("snippet"))
            json["snippet"] = Snippet(video);
        if (parts.Contains("status"))
            json["status"] = Status(video, now);
        if (parts.Contains("processingDetails"))
            json["processingDetails"] = Processing(video, now);
        if (parts.Contains("suggestions"))
            json["suggestions"] = Suggestions(video, now);
        if (parts.Contains("contentDetails"))
            json["contentDetails"] = new JsonObject { ["definition"] = "hd" };
        return json;
    }

    public static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Snippet(Video video)
    {
        var snippet = video.Snippet;
        return Trimmed(
            ("publishedAt", Text(video.At)),
            ("channelId", video.Channel.Id),
            ("title", snippet.Title),
            ("description", snippet.Description ?? ""),
            ("channelTitle", video.Channel.Title),
            ("tags", snippet.Tags is { Count: > 0 } tags ? new JsonArray([.. tags.Select(t => (JsonNode)t)]) : null),
            ("categoryId", snippet.CategoryId),
            ("liveBroadcastContent", "none"),
            ("defaultLanguage", snippet.DefaultLanguage),
            ("defaultAudioLanguage", snippet.DefaultAudioLanguage)
        );
    }

    private static JsonObject Status(Video video, DateTimeOffset now)
    {
        var state = video.StateAt(now);
        var status = video.Status;
        return Trimmed(
            ("uploadStatus", state),
            ("failureReason", state == "failed" ? video.Outcome.Reason : null),
            ("rejectionReason", state == "rejected" ? video.Outcome.Reason : null),
            ("privacyStatus", video.PrivacyAt(now)),
            ("publishAt", video.PublishAt > now ? Text(video.PublishAt.Value) : null),
            ("license", status.License ?? "youtube"),
            ("embeddable", status.Embeddable ?? true),
            ("publicStatsViewable", status.PublicStatsViewable ?? true),
            ("madeForKids", status.SelfDeclaredMadeForKids ?? false),
            ("selfDeclaredMadeForKids", status.SelfDeclaredMadeForKids),
            ("containsSyntheticMedia", status.ContainsSyntheticMedia)
        );
    }

    private static JsonObject Processing(Video video, DateTimeOffset now)
    {
        var state = video.StateAt(now) switch
        {
            "processed" => "succeeded",
            "failed" => "failed",
            "rejected" => "terminated",
            _ => "processing",
        };
        var left = (long)Math.Max(0, (video.ProcessedAt - now).TotalMilliseconds);
        return Trimmed(
            ("processingStatus", state),
            ("processingProgress", state == "processing" ? Progress(left) : null),
            ("processingFailureReason", state == "failed" ? "transcodeFailed" : null),
            ("processingIssuesAvailability", "available")
        );
    }

    /// <summary>Whole numbers of 64 bits travel as text.</summary>
    private static JsonObject Progress(long left) =>
        new()
        {
            ["partsTotal"] = "100",
            ["partsProcessed"] = "50",
            ["timeLeftMs"] = left.ToString(CultureInfo.InvariantCulture),
        };

    private static JsonObject Suggestions(Video video, DateTimeOffset now) =>
        video.StateAt(now) == "failed" && video.Outcome.Reason == "invalidFile"
            ? new JsonObject { ["processingErrors"] = new JsonArray("notAVideoFile") }
            : [];

    /// <summary>Members without a value are left out.</summary>
    private static JsonObject Trimmed(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
                json[name] = value;
        }
        return json;
    }
}
