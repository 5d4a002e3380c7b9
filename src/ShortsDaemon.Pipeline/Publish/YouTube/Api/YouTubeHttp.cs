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

    /// <param name="watch">Sees every request; null: nobody does.</param>
    internal Google.Apis.Http.IHttpClientFactory Factory(DelegatingHandler? watch = null)
    {
        HttpMessageHandler end = new Borrowed(_connections);
        if (watch is null)
            return new Clients(end);
        watch.InnerHandler = end;
        return new Clients(watch);
    }

    public void Dispose() => _connections.Dispose();

    private sealed class Clients(HttpMessageHandler handler) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => handler;
    }

    // Each client ends its handlers; the connections live on.
    private sealed class Borrowed(HttpMessageInvoker connections) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => connections.SendAsync(request, cancellationToken);
    }
}
