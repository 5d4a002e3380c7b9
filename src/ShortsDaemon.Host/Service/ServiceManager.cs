using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ShortsDaemon.Host.Service;

/// <summary>
/// Tells systemd how the daemon does, by its notify protocol (unit of Type=notify). Without one nobody is told: launchd,
/// containers and terminals have no such thing.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    // It reads whenever something comes; a full buffer means that it hangs itself.
    private const int SendMilliseconds = 1000;

    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _address;
    private readonly ILogger<ServiceManager> _log;
    private bool _hasFailed;

    /// <param name="environment">Value of an environment variable.</param>
    /// <param name="log">Told once when nobody listens.</param>
    public ServiceManager(Func<string, string?> environment, ILogger<ServiceManager> log)
    {
        _log = log;
        WatchdogInterval = IntervalFrom(environment);
        if (environment("NOTIFY_SOCKET") is not { Length: > 1 } path || path[0] is not ('/' or '@'))
            return;
        // An abstract name begins with a zero byte.
        _address = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified)
        {
            SendTimeout = SendMilliseconds,
        };
    }

    /// <summary>It ends the daemon when it hears nothing for so long; null: it does not watch.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>The start is over.</summary>
    public void Ready() => Tell("READY=1");

    /// <summary>The daemon is about to end.</summary>
    public void Stopping() => Tell("STOPPING=1");

    /// <summary>Work moves; has to come within <see cref="WatchdogInterval"/>.</summary>
    public void Alive() => Tell("WATCHDOG=1");

    /// <param name="words">One line for `systemctl status`.</param>
    public void Status(string words) => Tell("STATUS=" + words);

    public void Dispose() => _socket?.Dispose();

    private void Tell(string state)
    {
        if (_socket is null)
            return;
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(state), _address!);
            _hasFailed = false;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (!_hasFailed)
                _log.LogWarning(
                    "The service manager cannot be told '{State}': {Reason}. It may end the daemon for that.",
                    state,
                    e.Message
                );
            _hasFailed = true;
        }
    }

    // Inherited variables may be meant for a process above.
    private static TimeSpan? IntervalFrom(Func<string, string?> environment)
    {
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var isMeant = environment("WATCHDOG_PID") is not { Length: > 0 } process || process == own;
        return
            isMeant
            && long.TryParse(environment("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }
}
