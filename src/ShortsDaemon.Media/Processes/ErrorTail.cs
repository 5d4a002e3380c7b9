namespace ShortsDaemon.Media.Processes;

/// <summary>The last lines of standard error, bounded in number and in length. Safe to read while it is written.</summary>
internal sealed class ErrorTail
{
    public const int LongestLine = 2_000;

    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Enqueue(Cut(line, LongestLine));
            if (_lines.Count > ProcessRunner.TailLines)
                _lines.Dequeue();
        }
    }

    public static string Cut(string line, int longest) => line.Length <= longest ? line : line[..(longest - 1)] + "…";
}
