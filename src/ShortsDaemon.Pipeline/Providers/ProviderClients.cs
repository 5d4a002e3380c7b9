using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>The HTTP clients of the providers, with everything that keeps a stumbling platform from hurting.</summary>
public sealed class ProviderClients(Breakers breakers, TimeProvider time) : IDisposable
{
    private const int MostRedirects = 5;

    // DNS answers change; a connection is not kept for longer.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Provider, bool Files), Lazy<HttpClient>> _clients = new();

    internal Patience Patience { get; init; } = new();

    /// <summary>
    /// For calls with small answers. Inside the provider's breaker each call has a time limit; GET, HEAD, PUT, DELETE and
    /// OPTIONS are repeated after a pause on 5xx, 408, a lost connection and answers that are no JSON. Answers below 500 come back
    /// as they are, 401 and 429 among them.
    /// </summary>
    /// <param name="provider">The plug-in's one name, for instance Twitch. It has one breaker for all that goes through here.</param>
    /// <remarks>
    /// Calls throw <see cref="ProviderDownException"/> (an UnavailableException) for what is left after the last try, and
    /// NotYetException while the breaker is open.
    /// </remarks>
    public HttpClient Of(string provider) => Client(provider, files: false);

    /// <summary>
    /// For large bodies in either direction: no time limit, no repetition, no look at the body, every answer comes back as it is.
    /// The breaker hears of everything up to the head of the answer. Send with HttpCompletionOption.ResponseHeadersRead.
    /// </summary>
    /// <param name="provider">As in <see cref="Of"/>; a host of its own (a CDN) has a name of its own.</param>
    public HttpClient ForFilesOf(string provider) => Client(provider, files: true);

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(c => c.IsValueCreated))
            client.Value.Dispose();
    }

    private HttpClient Client(string provider, bool files) =>
        _clients.GetOrAdd((provider, files), key => new Lazy<HttpClient>(() => Make(key.Provider, key.Files))).Value;

    private HttpClient Make(string provider, bool files)
    {
        var wire = new SocketsHttpHandler
        {
            PooledConnectionLifetime = ConnectionLife,
            ConnectTimeout = Patience.Connect,
            AllowAutoRedirect = true,
            MaxAutomaticRedirections = MostRedirects,
            UseCookies = false,
            // A packed file would have another length than the one its ranges count in.
            AutomaticDecompression = files ? DecompressionMethods.None : DecompressionMethods.All,
        };
        var counted = new CallCount(provider) { InnerHandler = wire };
        HttpMessageHandler guarded = files
            ? new FileGuard(provider) { InnerHandler = counted }
            : new RetryHandler(provider, Patience, time)
            {
                InnerHandler = new AnswerGuard(provider, time) { InnerHandler = counted },
            };
        var client = new HttpClient(new BreakerHandler(provider, breakers) { InnerHandler = guarded })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ShortsDaemon", null));
        return client;
    }
}
