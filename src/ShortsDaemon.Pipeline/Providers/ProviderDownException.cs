using System.Net;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>A provider did not answer, or not as a provider that works does. Counts towards opening its breaker.</summary>
/// <param name="message">Provider, operation and what happened; never an address with a query.</param>
/// <param name="inner">The cause.</param>
public sealed class ProviderDownException(string message, Exception? inner = null)
    : UnavailableException(message, inner)
{
    /// <summary>When the provider asks to come back; null: it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The status that it answered with; null: there was no whole answer, and nobody knows what it has done.</summary>
    public HttpStatusCode? Status { get; init; }
}
