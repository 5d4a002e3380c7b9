namespace ShortsDaemon.World.YouTube;

/// <summary>An error in YouTube's envelope.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">For instance quotaExceeded.</param>
/// <param name="Message">Words for people; the daemon must read some of them.</param>
/// <param name="Domain">For instance youtube.quota.</param>
public sealed record ApiRefusal(int Status, string Reason, string Message, string Domain = "global")
{
    public static ApiRefusal QuotaExceeded { get; } =
        new(
            403,
            "quotaExceeded",
            "The request cannot be completed because you have exceeded your quota.",
            "youtube.quota"
        );

    /// <summary>The project's uploads of the day are used up: a 429 that means tomorrow.</summary>
    public static ApiRefusal UploadsUsedUp { get; } =
        new(
            429,
            "rateLimitExceeded",
            "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service 'youtube.googleapis.com'."
        );

    public static ApiRefusal SearchesUsedUp { get; } =
        new(
            429,
            "rateLimitExceeded",
            "Quota exceeded for quota metric 'Search Queries' and limit 'Search Queries per day' of service 'youtube.googleapis.com'."
        );

    /// <summary>Too fast; soon is soon enough.</summary>
    public static ApiRefusal Burst { get; } =
        new(403, "userRateLimitExceeded", "User rate limit exceeded.", "usageLimits");

    /// <summary>The channel has uploaded as much as it may.</summary>
    public static ApiRefusal ChannelLimit { get; } =
        new(400, "uploadLimitExceeded", "The user has exceeded the number of videos they may upload.", "youtube.video");

    public static ApiRefusal NoToken { get; } =
        new(401, "authorizationRequired", "Request had no authentication credential.");

    public static ApiRefusal BadToken { get; } = new(401, "authError", "Invalid Credentials");

    public static ApiRefusal NoChannel { get; } = new(401, "youtubeSignupRequired", "Unauthorized", "youtube.header");

    public static ApiRefusal ScopeMissing { get; } =
        new(403, "insufficientPermissions", "Request had insufficient authentication scopes.");

    public static ApiRefusal Forbidden { get; } = new(403, "forbidden", "Access forbidden.", "youtube.common");

    public static ApiRefusal VideoNotFound { get; } =
        new(404, "videoNotFound", "The video that you named cannot be found.", "youtube.video");

    public static ApiRefusal PlaylistNotFound { get; } =
        new(404, "playlistNotFound", "The playlist that you named cannot be found.", "youtube.playlistItem");

    public static ApiRefusal MediaBodyRequired { get; } =
        new(400, "mediaBodyRequired", "The request does not include the video content.", "youtube.video");

    /// <summary>The video has captions of that language and name.</summary>
    public static ApiRefusal CaptionExists { get; } =
        new(
            409,
            "captionExists",
            "The specified video already has a caption track with the given videoId, language, and name.",
            "youtube.caption"
        );

    /// <summary>Something about the video's words or settings.</summary>
    public static ApiRefusal Metadata(string reason, string message) => new(400, reason, message, "youtube.video");

    /// <summary>A query or body that cannot be read.</summary>
    public static ApiRefusal BadRequest(string reason, string message) => new(400, reason, message);
}

/// <summary>Ends a request with this refusal.</summary>
internal sealed class ApiException(ApiRefusal refusal) : Exception(refusal.Message)
{
    public ApiRefusal Refusal => refusal;
}
