namespace ShortsDaemon.Pipeline.Providers;

/// <summary>How a request is named in messages and logs.</summary>
public static class ProviderWords
{
    /// <returns>For instance "Twitch GET /helix/clips": without query, where tokens and signatures travel.</returns>
    public static string OfCall(string provider, HttpRequestMessage request) =>
        $"{provider} {request.Method} {request.RequestUri?.AbsolutePath}";

    /// <summary>The path of a file may be signed, too: only its host is told.</summary>
    public static string OfFile(string provider, HttpRequestMessage request) =>
        $"{provider} {request.Method} of a file at {request.RequestUri?.Host}";

    /// <returns>What went wrong on the way; null: the exception is not about that.</returns>
    public static string? OfFailure(Exception exception, CancellationToken cancel) =>
        exception switch
        {
            HttpRequestException e => Of(e.HttpRequestError),
            HttpIOException e => Of(e.HttpRequestError),
            // The time limit of a connection; those of calls cancel the token.
            OperationCanceledException when !cancel.IsCancellationRequested => "no connection was made in time",
            _ => null,
        };

    private static string Of(HttpRequestError error) =>
        error switch
        {
            HttpRequestError.NameResolutionError => "its name could not be resolved (DNS)",
            HttpRequestError.SecureConnectionError => "no TLS connection could be made",
            HttpRequestError.ConnectionError => "no connection could be made",
            HttpRequestError.ResponseEnded => "the connection was cut before the answer was whole",
            HttpRequestError.ConfigurationLimitExceeded => "the answer is too large",
            _ => "the answer could not be read",
        };
}
