using System.Net;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Requests;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

internal sealed class RefusalTests
{
    [TestCase(403, "quotaExceeded", "", nameof(RefusalKind.QuotaEmpty))]
    [TestCase(403, "dailyLimitExceeded", "", nameof(RefusalKind.QuotaEmpty))]
    [TestCase(429, "rateLimitExceeded", "limit 'Video Uploads per day'", nameof(RefusalKind.QuotaEmpty))]
    [TestCase(429, "rateLimitExceeded", "Slow down.", nameof(RefusalKind.Passing))]
    [TestCase(429, "uploadRateLimitExceeded", "", nameof(RefusalKind.Passing))]
    [TestCase(429, null, "", nameof(RefusalKind.Passing))]
    [TestCase(403, "userRateLimitExceeded", "", nameof(RefusalKind.Passing))]
    [TestCase(400, "uploadLimitExceeded", "", nameof(RefusalKind.ChannelFull))]
    [TestCase(401, "authError", "", nameof(RefusalKind.Unauthorized))]
    [TestCase(401, "authorizationRequired", "", nameof(RefusalKind.Unauthorized))]
    [TestCase(401, "youtubeSignupRequired", "", nameof(RefusalKind.AccountUnusable))]
    [TestCase(403, "authenticatedUserAccountSuspended", "", nameof(RefusalKind.AccountUnusable))]
    [TestCase(403, "accountDelegationForbidden", "", nameof(RefusalKind.AccountUnusable))]
    [TestCase(403, "forbidden", "", nameof(RefusalKind.Forbidden))]
    [TestCase(403, "insufficientPermissions", "", nameof(RefusalKind.ScopeMissing))]
    [TestCase(409, "captionExists", "", nameof(RefusalKind.Exists))]
    [TestCase(403, "forbiddenPrivacySetting", "", nameof(RefusalKind.Setting))]
    [TestCase(403, "forbiddenLicenseSetting", "", nameof(RefusalKind.Setting))]
    [TestCase(400, "invalidTitle", "", nameof(RefusalKind.Metadata))]
    [TestCase(400, "invalidPublishAt", "", nameof(RefusalKind.Metadata))]
    [TestCase(400, "defaultLanguageNotSet", "", nameof(RefusalKind.Metadata))]
    [TestCase(400, "mediaBodyRequired", "", nameof(RefusalKind.Other))]
    [TestCase(404, "videoNotFound", "", nameof(RefusalKind.Gone))]
    [TestCase(410, null, "", nameof(RefusalKind.Gone))]
    [TestCase(500, "backendError", "", nameof(RefusalKind.Passing))]
    [TestCase(502, null, "", nameof(RefusalKind.Passing))]
    [TestCase(302, null, "", nameof(RefusalKind.Passing))]
    public void A_refusal_means_what_the_reference_says(int status, string? reason, string message, string kind)
    {
        var refusal = YouTubeRefusal.Of(Api(status, reason, message));

        Assert.That(refusal.Kind.ToString(), Is.EqualTo(kind));
    }

    [TestCase("invalid_grant", 400, nameof(RefusalKind.LoginOver))]
    [TestCase("invalid_client", 401, nameof(RefusalKind.ClientUnknown))]
    [TestCase("unauthorized_client", 401, nameof(RefusalKind.ClientUnknown))]
    [TestCase("internal_failure", 500, nameof(RefusalKind.Passing))]
    [TestCase("slow_down", 429, nameof(RefusalKind.Passing))]
    public void The_token_address_is_understood(string error, int status, string kind)
    {
        var e = new TokenResponseException(new TokenErrorResponse { Error = error }, (HttpStatusCode)status);

        Assert.That(YouTubeRefusal.Of(e).Kind.ToString(), Is.EqualTo(kind));
    }

    [Test]
    public void Words_are_one_short_line()
    {
        var refusal = YouTubeRefusal.Of(Api(400, "odd", "a\nb\u202e c " + new string('x', 5000)));

        Assert.That(refusal.Words, Does.StartWith("HTTP 400 odd a b c xxx").And.Length.LessThan(320));
    }

    private static GoogleApiException Api(int status, string? reason, string message) =>
        new("youtube")
        {
            HttpStatusCode = (HttpStatusCode)status,
            Error = reason is null
                ? null
                : new RequestError
                {
                    Message = message,
                    Errors = [new SingleError { Reason = reason, Message = message }],
                },
        };
}
