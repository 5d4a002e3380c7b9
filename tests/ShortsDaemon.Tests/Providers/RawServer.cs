using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShortsDaemon.Tests.Providers;

/// <summary>Answers each HTTP request on a free loopback port with the next of the given bytes; each connection serves one.</summary>
internal sealed class RawServer : IDisposable
{
    // With it begins who wants to speak TLS and would never send a head.
    private const byte TlsHello = 0x16;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    // Not disposed: whoever still answers asks for its token.
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string, string?> _answer;
    private int _count;

    /// <param name="answer">Number (from 1) and head of the request to the whole answer; null: never answers.</param>
    public RawServer(Func<int, string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Whether a connection stays open after the answer.</summary>
    public Func<bool> HoldsOpen { get; init; } = () => false;

    /// <summary>Heads of the requests, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static string Json(int status, string body, params string[] headers) =>
        Text(status, body, ["Content-Type: application/json", .. headers]);

    public static string Text(int status, string body, params string[] headers) =>
        string.Join(
            "\r\n",
            [$"HTTP/1.1 {status} X", $"Content-Length: {body.Length}", "Connection: close", .. headers, "", body]
        );

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        var head = await ReadHeadAsync(stream);
        Requests.Enqueue(head);
        var answer = _answer(Interlocked.Increment(ref _count), head);
        if (answer is not null)
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token);
        if (answer is null || HoldsOpen())
            await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (
            !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await stream.ReadAsync(one, _stop.Token) == 1
        )
        {
            head.Append((char)one[0]);
            if (one[0] == TlsHello)
                break;
        }
        return head.ToString();
    }
}
