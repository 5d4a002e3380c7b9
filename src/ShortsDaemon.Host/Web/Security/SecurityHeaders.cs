namespace ShortsDaemon.Host.Web.Security;

/// <summary>What browsers are told to refuse on behalf of the pages.</summary>
internal static class SecurityHeaders
{
    // Nothing from elsewhere, nothing written into the page itself, in nobody's frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                // In the words that antiforgery expects: it would complain of others in the log.
                headers.CacheControl = "no-cache, no-store";
                return next(http);
            }
        );
}
