using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>The built ShortsDaemon as a real process, with its log.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private bool _disposed;

    public DaemonProcess(params IEnumerable<string> arguments)
        : this(new Dictionary<string, string>(), arguments) { }

    public DaemonProcess(IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ShortsDaemon.dll");
        var info = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        info.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        _process = new Process { StartInfo = info };
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Called with each line, on a reader's thread.</summary>
    public event Action<string>? Wrote;

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;
    public IReadOnlyList<string> Lines => [.. _lines];
    public string Log => string.Join('\n', _lines);

    public void Send(int signal)
    {
        if (!_process.HasExited)
            Signals.Send(_process.Id, signal);
    }

    /// <summary>Waits for a line that contains the text.</summary>
    public async Task SaysAsync(string text, double seconds = 30) =>
        await Poll.UntilAsync(
            () =>
                _lines.Any(line => line.Contains(text, StringComparison.Ordinal)) ? true
                : HasExited && !_lines.Any(line => line.Contains(text, StringComparison.Ordinal))
                    ? throw new AssertionException($"ended without saying '{text}':\n{Log}")
                : false,
            $"the daemon to say '{text}'",
            seconds,
            () => Log
        );

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(double seconds = 30)
    {
        await Poll.UntilAsync(() => _process.HasExited, "the process to end", seconds, () => Log);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task<int> StopAsync(int signal = Signals.Terminate, double seconds = 20)
    {
        Send(signal);
        return await EndAsync(seconds);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"--- daemon\n{Log}");

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        Wrote?.Invoke(line);
    }
}
