namespace ShortsDaemon.World.YouTube;

/// <summary>Refusals that wait for the next requests of an operation.</summary>
internal sealed class PlannedRefusals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<ApiRefusal>> _planned = new(StringComparer.Ordinal);

    public void Add(string operation, ApiRefusal refusal, int times)
    {
        lock (_gate)
        {
            if (!_planned.TryGetValue(operation, out var queue))
                _planned[operation] = queue = new();
            for (var i = 0; i < times; i++)
                queue.Enqueue(refusal);
        }
    }

    public ApiRefusal? Take(string operation)
    {
        lock (_gate)
            return _planned.TryGetValue(operation, out var queue) && queue.TryDequeue(out var next) ? next : null;
    }
}
