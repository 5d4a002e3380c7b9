namespace ShortsDaemon.Pipeline.Flow;

/// <summary>
/// Shows that a run moves. It goes along with the calls, as a log scope does: code deep inside says that it has moved
/// something, or waits for its turn, without knowing whether anybody watches.
/// </summary>
public sealed class WorkSign
{
    private const int NoStage = -1;

    private static readonly AsyncLocal<WorkSign?> Here = new();

    private long _moves;
    private int _rests;
    private volatile int _stage = NoStage;

    /// <summary>Grows whenever something has moved.</summary>
    public long Moves => Interlocked.Read(ref _moves);

    /// <summary>It waits for its turn: nothing has to move.</summary>
    public bool IsResting => Volatile.Read(ref _rests) > 0;

    /// <summary>The stage it is at; null: at none.</summary>
    public ItemState? Stage => _stage == NoStage ? null : (ItemState)_stage;

    /// <summary>What the caller calls from here on shows itself in this sign.</summary>
    public void Carry() => Here.Value = this;

    /// <summary>Something has moved: bytes, frames, an answer.</summary>
    public static void Moved() => Here.Value?.Move();

    /// <summary>Waits for its turn until the result is disposed.</summary>
    public static IDisposable Rest() => new Pause(Here.Value);

    internal static void Begins(ItemState stage)
    {
        if (Here.Value is not { } sign)
            return;
        sign._stage = (int)stage;
        sign.Move();
    }

    private void Move() => Interlocked.Increment(ref _moves);

    private sealed class Pause : IDisposable
    {
        private readonly WorkSign? _sign;

        public Pause(WorkSign? sign)
        {
            _sign = sign;
            if (sign is not null)
                Interlocked.Increment(ref sign._rests);
        }

        public void Dispose()
        {
            if (_sign is null)
                return;
            // First the move: nobody may see it at work and standing still for all the time that it has waited.
            _sign.Move();
            Interlocked.Decrement(ref _sign._rests);
        }
    }
}
