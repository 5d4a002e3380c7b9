using System.Globalization;
using System.Text;

namespace ShortsDaemon.World.YouTube;

/// <summary>What YouTube takes for a video's words and settings.</summary>
internal static class MetadataRules
{
    private static readonly string[] Categories =
    [
        "1",
        "2",
        "10",
        "15",
        "17",
        "19",
        "20",
        "22",
        "23",
        "24",
        "25",
        "26",
        "27",
        "28",
        "29",
    ];
    private static readonly string[] Privacies = ["private", "unlisted", "public"];

    /// <exception cref="ApiException">A part is there that was not announced, or the other way round.</exception>
    public static void CheckParts(VideoBody body, IReadOnlyList<string> parts)
    {
        RequireAnnounced("snippet", body.Snippet is not null, parts);
        RequireAnnounced("status", body.Status is not null, parts);
    }

    /// <exception cref="ApiException">What is wrong first.</exception>
    public static void Check(SnippetBody snippet)
    {
        // Strict on purpose: it counts UTF-16 units, of which there are never fewer than characters.
        if (string.IsNullOrWhiteSpace(snippet.Title) || snippet.Title.Length > 100 || HasAngle(snippet.Title))
            throw Wrong("invalidTitle", "The request metadata specifies an invalid or empty video title.");
        var description = snippet.Description ?? "";
        if (Encoding.UTF8.GetByteCount(description) > 5000 || HasAngle(description))
            throw Wrong("invalidDescription", "The request metadata specifies an invalid video description.");
        if (TagLength(snippet.Tags ?? []) > 500)
            throw Wrong("invalidTags", "The request metadata specifies invalid video keywords.");
        if (!Categories.Contains(snippet.CategoryId))
            throw Wrong("invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.");
    }

    /// <param name="status">As it was sent.</param>
    /// <param name="wasPublic">True: the video was public before, so publishAt is refused.</param>
    public static void Check(StatusBody status, bool wasPublic)
    {
        if (status.PrivacyStatus is { } privacy && !Privacies.Contains(privacy))
            throw Wrong("invalidVideoMetadata", "The request metadata is invalid: status.privacyStatus.");
        if (status.PublishAt is not { } text)
            return;
        if (status.PrivacyStatus != "private" || wasPublic || Instant(text) is null)
            throw Wrong("invalidPublishAt", "The request metadata specifies an invalid scheduled publishing time.");
    }

    /// <returns>Null: this is no time with a zone.</returns>
    public static DateTimeOffset? Instant(string text) =>
        text.Contains('T', StringComparison.Ordinal)
        && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : null;

    /// <summary>Commas between the tags count, and the quotes that a tag with a blank gets.</summary>
    private static int TagLength(IReadOnlyList<string> tags) =>
        tags.Sum(tag => tag.Length + (tag.Contains(' ', StringComparison.Ordinal) ? 2 : 0))
        + Math.Max(0, tags.Count - 1);

    private static bool HasAngle(string text) => text.AsSpan().ContainsAny('<', '>');

    private static void RequireAnnounced(string part, bool isThere, IReadOnlyList<string> parts)
    {
        if (isThere && !parts.Contains(part))
            throw new ApiException(new ApiRefusal(400, "unexpectedPart", $"Unexpected part '{part}'.", "youtube.part"));
        if (!isThere && parts.Contains(part))
            throw Wrong("invalidVideoMetadata", $"The request metadata is invalid: {part} is missing.");
    }

    private static ApiException Wrong(string reason, string message) => new(ApiRefusal.Metadata(reason, message));
}
