using Google;
using Google.Apis.Auth.OAuth2.Responses;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Which failed requests Google cannot have counted.</summary>
internal static class CallCost
{
    /// <returns>True: it never left, or was not served. A 4xx is counted, and an answer that was lost may be.</returns>
    public static bool IsFree(Exception e) =>
        e switch
        {
            // The breaker has not let it out.
            NotYetException => true,
            TokenResponseException => true,
            GoogleApiException api => (int)api.HttpStatusCode >= 500,
            HttpRequestException { HttpRequestError: var error } => error
                is HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError,
            _ => false,
        };
}
