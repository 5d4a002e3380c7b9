using System.Net;
using Google.Apis.Http;
using ShortsDaemon.Pipeline.Providers;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>The connections to Google, shared by all accounts and kept between calls.</summary>
public sealed class YouTubeHttp : IDisposable
{
    private readonly HttpMessageInvoker _connections;
    private readonly Breakers? _breakers;

    /// <param name="breakers">Keep calls back while YouTube is down; null: every call goes out, as somebody who asks how it is wants it.</param>
    public YouTubeHttp(Breakers? breakers)
        : this(
            new SocketsHttpHandler
            {
                // An upload session answers 308 to mean "go on"; nothing here may follow it.
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(20),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
            breakers
        ) { }

    internal YouTubeHttp(HttpMessageHandler connections, Breakers? breakers) =>
        (_connections, _breakers) = (
            new HttpMessageInvoker(new CallCount(YouTubePublisher.TypeName) { InnerHandler = connections }),
            breakers
        );

    /// <summary>For calls with small answers: through the breaker, with a time limit.</summary>
    /// <param name="watch">Sees every request that goes out.</param>
    internal Google.Apis.Http.IHttpClientFactory Calls(DelegatingHandler watch) =>
        _breakers is null
            ? Factory(TimeLimit(), watch)
            : Factory(new BreakerHandler(YouTubePublisher.TypeName, _breakers), TimeLimit(), watch);

    /// <summary>For a person who waits: no breaker, but a time limit.</summary>
    internal Google.Apis.Http.IHttpClientFactory AtOnce() => Factory(TimeLimit());

    /// <summary>For what has its own limits: an upload, a login.</summary>
    /// <param name="watches">See every request, the first of them first.</param>
    internal Google.Apis.Http.IHttpClientFactory Factory(params DelegatingHandler[] watches)
    {
        HttpMessageHandler chain = new Borrowed(_connections);
        foreach (var watch in watches.Reverse())
        {
            watch.InnerHandler = chain;
            chain = watch;
        }
        return new Clients(chain);
    }

    public void Dispose() => _connections.Dispose();

    private static TimeLimitHandler TimeLimit() => new(YouTubePublisher.TypeName, YouTubeService.CallLimit);

    private sealed class Clients(HttpMessageHandler handler) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => handler;
    }

    // Each client ends its handlers; the connections live on.
    private sealed class Borrowed(HttpMessageInvoker connections) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            try
            {
                return await connections.SendAsync(request, cancellationToken);
            }
            // The time limit of a connection; that of the call cancels the token.
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, "no connection was made in time", e);
            }
        }
    }
}
