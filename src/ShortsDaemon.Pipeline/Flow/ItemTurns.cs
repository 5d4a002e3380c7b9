namespace ShortsDaemon.Pipeline.Flow;

/// <summary>
/// Whose turn it is with an item: its walk's, or that of a person who changes it. Only one process walks, so this is enough.
/// </summary>
public sealed class ItemTurns
{
    private readonly Dictionary<ItemId, ItemTurn> _taken = [];
    private readonly Lock _lock = new();

    /// <returns>To be disposed when done; null: it is somebody else's turn.</returns>
    public ItemTurn? TryTake(ItemId item)
    {
        lock (_lock)
        {
            if (_taken.ContainsKey(item))
                return null;
            return _taken[item] = new ItemTurn(turn => GiveBack(item, turn));
        }
    }

    /// <summary>Asks whoever has the turn to stop; the item then keeps its state.</summary>
    /// <returns>Ends when the turn is over; at once when it is nobody's.</returns>
    public Task InterruptAsync(ItemId item)
    {
        lock (_lock)
            return _taken.TryGetValue(item, out var turn) ? turn.InterruptAsync() : Task.CompletedTask;
    }

    private void GiveBack(ItemId item, ItemTurn turn)
    {
        lock (_lock)
        {
            _taken.Remove(item);
            turn.End();
        }
    }
}

/// <summary>The right to work with an item, until it is disposed.</summary>
public sealed class ItemTurn : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<ItemTurn> _giveBack;

    internal ItemTurn(Action<ItemTurn> giveBack) => _giveBack = giveBack;

    /// <summary>Somebody else wants the turn.</summary>
    public CancellationToken Interrupted => _interrupt.Token;

    public void Dispose()
    {
        _giveBack(this);
        _interrupt.Dispose();
    }

    internal Task InterruptAsync()
    {
        // Not waited for: what it stops may take its time.
        _ = _interrupt.CancelAsync();
        return _over.Task;
    }

    internal void End() => _over.TrySetResult();
}
