using System.Net;
using Google.Apis.Http;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>The connections to Google, shared by all accounts and kept between calls.</summary>
public sealed class YouTubeHttp : IDisposable
{
    private readonly HttpMessageInvoker _connections;

    public YouTubeHttp()
        : this(
            new SocketsHttpHandler
            {
                // An upload session answers 308 to mean "go on"; nothing here may follow it.
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(20),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        ) { }

    internal YouTubeHttp(HttpMessageHandler connections) => _connections = new HttpMessageInvoker(connections);

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
