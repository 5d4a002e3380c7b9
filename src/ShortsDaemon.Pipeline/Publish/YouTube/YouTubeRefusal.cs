using System.Globalization;
using System.Net;
using System.Text;
using Google;
using Google.Apis.Auth.OAuth2.Responses;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What YouTube means when it says no.</summary>
internal enum RefusalKind
{
    /// <summary>The fault is not ours and passes: 5xx, a broken connection, a short limit.</summary>
    Passing,

    /// <summary>The project has no units, or no uploads, left today.</summary>
    QuotaEmpty,

    /// <summary>The channel takes no more uploads today.</summary>
    ChannelFull,

    /// <summary>The login is not valid any more.</summary>
    LoginOver,

    /// <summary>The access token was not accepted, which may pass.</summary>
    Unauthorized,

    /// <summary>The account has no channel, is closed, or may not act for it.</summary>
    AccountUnusable,

    /// <summary>The client in the client secret file is not accepted.</summary>
    ClientUnknown,

    /// <summary>Not allowed, for a reason that is not told.</summary>
    Forbidden,

    /// <summary>The login was made without the right to do that.</summary>
    ScopeMissing,

    /// <summary>A setting that this channel may not use.</summary>
    Setting,

    /// <summary>Title, description or tags.</summary>
    Metadata,

    /// <summary>It is there already.</summary>
    Exists,

    /// <summary>It is not there.</summary>
    Gone,

    /// <summary>Something else; trying the same again is of little use.</summary>
    Other,
}

/// <summary>A refusal in words.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Words">Status, reason and message, on one line and without secrets.</param>
internal sealed record YouTubeRefusal(RefusalKind Kind, string Words)
{
    private const int MostLetters = 300;

    public static YouTubeRefusal Of(GoogleApiException e)
    {
        var (status, first) = ((int)e.HttpStatusCode, e.Error?.Errors?.FirstOrDefault());
        var (reason, domain) = (first?.Reason ?? "", first?.Domain ?? "");
        var message = e.Error?.Message ?? first?.Message ?? "";
        if (status == 0)
            return new(RefusalKind.Passing, "an answer that cannot be read");
        return new(KindOf(status, reason, domain, message), Clean($"HTTP {status} {reason} {message}"));
    }

    /// <summary>The token address says no.</summary>
    public static YouTubeRefusal Of(TokenResponseException e)
    {
        var (error, status) = (e.Error?.Error ?? "", (int)(e.StatusCode ?? HttpStatusCode.BadRequest));
        var kind = error switch
        {
            "invalid_grant" => RefusalKind.LoginOver,
            "invalid_client" or "unauthorized_client" => RefusalKind.ClientUnknown,
            _ => RefusalKind.Passing,
        };
        return new(kind, Clean($"HTTP {status} {error} {e.Error?.ErrorDescription}"));
    }

    private static RefusalKind KindOf(int status, string reason, string domain, string message) =>
        (status, reason) switch
        {
            (>= 500, _) => RefusalKind.Passing,
            (_, "quotaExceeded" or "dailyLimitExceeded") => RefusalKind.QuotaEmpty,
            (_, "uploadLimitExceeded") => RefusalKind.ChannelFull,
            (429, _) or (403, "rateLimitExceeded" or "userRateLimitExceeded") => IsOfTheDay(message)
                ? RefusalKind.QuotaEmpty
                : RefusalKind.Passing,
            (_, "youtubeSignupRequired" or "accountDelegationForbidden") => RefusalKind.AccountUnusable,
            (_, "authenticatedUserAccountClosed" or "authenticatedUserAccountSuspended") => RefusalKind.AccountUnusable,
            (401, _) => RefusalKind.Unauthorized,
            (_, "forbiddenPrivacySetting" or "forbiddenLicenseSetting") => RefusalKind.Setting,
            (403, "insufficientPermissions") => RefusalKind.ScopeMissing,
            (403, _) => domain == "youtube.quota" ? RefusalKind.QuotaEmpty : RefusalKind.Forbidden,
            (400, var why) when IsMetadata(why) => RefusalKind.Metadata,
            (409, _) => RefusalKind.Exists,
            (404 or 410, _) => RefusalKind.Gone,
            (408, _) or (< 400, _) => RefusalKind.Passing,
            _ => RefusalKind.Other,
        };

    // An empty upload bucket looks like a burst; only the message tells them apart.
    private static bool IsOfTheDay(string message) =>
        message.Contains("per day", StringComparison.OrdinalIgnoreCase)
        || message.Contains("Video Uploads", StringComparison.OrdinalIgnoreCase);

    private static bool IsMetadata(string reason) =>
        reason
            is "invalidTitle"
                or "invalidDescription"
                or "invalidTags"
                or "invalidCategoryId"
                or "invalidPublishAt"
                or "invalidVideoMetadata"
                or "invalidFilename"
                or "defaultLanguageNotSet"
                or "invalidRecordingDetails"
                or "invalidVideoKeywords";

    private static string Clean(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MostLetters))
            line.Append(
                Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format ? " " : rune.ToString()
            );
        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
