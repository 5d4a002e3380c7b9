namespace ShortsDaemon.World.YouTube;

/// <summary>Connections that break at a chosen place of an upload.</summary>
internal sealed class WireFaults
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _cuts = new();
    private int _lostAnswers;

    public void Cut(long afterBytes, int times)
    {
        lock (_gate)
            for (var i = 0; i < times; i++)
                _cuts.Enqueue(afterBytes);
    }

    public void LoseAnswers(int times)
    {
        lock (_gate)
            _lostAnswers += times;
    }

    /// <returns>After how many bytes of this chunk the connection breaks; null: it holds.</returns>
    public long? TakeCut()
    {
        lock (_gate)
            return _cuts.TryDequeue(out var after) ? after : null;
    }

    public bool TakeLostAnswer()
    {
        lock (_gate)
            return _lostAnswers > 0 && _lostAnswers-- > 0;
    }
}
