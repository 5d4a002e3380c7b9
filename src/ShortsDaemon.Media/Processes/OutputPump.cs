using System.Text;

namespace ShortsDaemon.Media.Processes;

/// <summary>Reads a stream into lines with bounded memory, however much or little the program writes.</summary>
internal sealed class OutputPump(TextReader reader, Action<string> onLine)
{
    public const int LongestLine = 64 * 1024;

    private readonly StringBuilder _line = new();
    private bool _afterCarriageReturn;
    private long _readingSince;

    /// <summary>How long it has been waiting for the program to write; zero while lines are handled.</summary>
    public TimeSpan Waiting =>
        Interlocked.Read(ref _readingSince) is > 0 and var since
            ? TimeProvider.System.GetElapsedTime(since)
            : TimeSpan.Zero;

    /// <summary>Ends when every holder of the pipe has closed it, or on <paramref name="giveUp"/>.</summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        var buffer = new char[16 * 1024];
        int read;
        while ((read = await ReadAsync(buffer, giveUp).ConfigureAwait(false)) > 0)
            Split(buffer.AsSpan(0, read));
        if (_line.Length > 0)
            EndLine();
    }

    private async Task<int> ReadAsync(char[] buffer, CancellationToken giveUp)
    {
        if (giveUp.IsCancellationRequested)
            return 0;
        Interlocked.Exchange(ref _readingSince, TimeProvider.System.GetTimestamp());
        try
        {
            return await reader.ReadAsync(buffer, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 0; // somebody who cannot be killed holds the pipe
        }
        finally
        {
            Interlocked.Exchange(ref _readingSince, 0);
        }
    }

    private void Split(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '\n' or '\r')
            {
                if (c == '\r' || !_afterCarriageReturn)
                    EndLine();
            }
            else if (_line.Length < LongestLine)
            {
                _line.Append(c);
            }
            _afterCarriageReturn = c == '\r';
        }
    }

    private void EndLine()
    {
        var line = _line.ToString();
        _line.Clear();
        onLine(line);
    }
}
