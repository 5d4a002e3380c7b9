using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShortsDaemon.Tests.Sources.TwitchClips;

/// <summary>Sends a file byte by byte.</summary>
internal sealed class DrippingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public DrippingServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/a.mp4");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
        var stream = client.GetStream();
        var head = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 100000\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        while (!_stop.IsCancellationRequested)
        {
            await stream.WriteAsync("x"u8.ToArray(), _stop.Token);
            await Task.Delay(10, _stop.Token);
        }
    }
}
