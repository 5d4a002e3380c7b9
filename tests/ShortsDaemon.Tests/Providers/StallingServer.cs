using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShortsDaemon.Tests.Providers;

/// <summary>Promises a body, sends a little of it, and then nothing more.</summary>
internal sealed class StallingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];

    public StallingServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public void Dispose()
    {
        _listener.Dispose();
        _open.ForEach(client => client.Dispose());
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            _open.Add(client);
            await client
                .GetStream()
                .WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"));
        }
    }
}
