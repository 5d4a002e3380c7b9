using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace ShortsDaemon.Tests.Service;

/// <summary>The other end of NOTIFY_SOCKET. Reads at once what comes, as a service manager does: the socket holds only a few.</summary>
internal sealed class NotifyListener : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly BlockingCollection<string> _heard = [];

    public NotifyListener(string name)
    {
        _socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? '\0' + name[1..] : name));
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <returns>The next ones, in order; waits for them.</returns>
    public IReadOnlyList<string> Heard(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    /// <returns>All up to the first of these, which is waited for.</returns>
    public IReadOnlyList<string> Until(string state)
    {
        List<string> heard = [Next()];
        while (heard[^1] != state)
            heard.Add(Next());
        return heard;
    }

    /// <returns>What has come already and was not asked for yet.</returns>
    public IReadOnlyList<string> SoFar()
    {
        List<string> heard = [];
        while (_heard.TryTake(out var state))
            heard.Add(state);
        return heard;
    }

    public void Dispose() => _socket.Dispose();

    private string Next() =>
        _heard.TryTake(out var state, Longest) ? state : throw new AssertionException("nothing more was heard");

    private void Read()
    {
        var bytes = new byte[4096];
        try
        {
            while (true)
                _heard.Add(Encoding.UTF8.GetString(bytes, 0, _socket.Receive(bytes)));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
