using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ShortsDaemon.Media.Processes;

/// <summary>Both output streams of a process on their way to the handlers.</summary>
/// <param name="stop">Cancelled when a handler throws; once it is, no handler's failure is of interest any more.</param>
internal sealed class ProcessOutput(
    Process process,
    OutputHandlers handlers,
    LimitWatch limits,
    ErrorTail tail,
    CancellationTokenSource stop
)
{
    private readonly List<(OutputPump Pump, Task Run)> _streams = [];
    private volatile bool _handlerFailed;

    /// <summary>What the first handler that threw has thrown.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <returns>Ends when both pipes are closed by all who hold them, or on <paramref name="giveUp"/>.</returns>
    public Task ReadAsync(CancellationToken giveUp)
    {
        Read(process.StandardOutput, OnOutput, giveUp);
        Read(process.StandardError, OnError, giveUp);
        return Task.WhenAll(_streams.ConvertAll(stream => stream.Run));
    }

    /// <summary>Nobody has closed or written for this long, and no handler is at work either.</summary>
    public bool IsStuckFor(TimeSpan time) => _streams.TrueForAll(s => s.Run.IsCompleted || s.Pump.Waiting > time);

    private void Read(TextReader reader, Action<string> handler, CancellationToken giveUp)
    {
        var pump = new OutputPump(reader, line => Handle(line, handler));
        // On another thread: a flood is read without ever yielding.
        _streams.Add((pump, Task.Run(() => pump.RunAsync(giveUp), CancellationToken.None)));
    }

    /// <summary>A handler that throws stops the run; reading goes on, so that the program can end in good order.</summary>
    private void Handle(string line, Action<string> handler)
    {
        if (_handlerFailed)
            return;
        try
        {
            handler(line);
        }
        catch (Exception e)
        {
            _handlerFailed = true;
            if (stop.IsCancellationRequested)
                return; // the run is being stopped for an earlier reason, which the caller will hear
            Failure = ExceptionDispatchInfo.Capture(e);
            stop.Cancel();
        }
    }

    private void OnOutput(string line)
    {
        if (handlers.IsProgress(line))
            limits.Progress();
        handlers.OnOutput?.Invoke(line);
    }

    private void OnError(string line)
    {
        tail.Add(line);
        handlers.OnError?.Invoke(line);
    }
}
