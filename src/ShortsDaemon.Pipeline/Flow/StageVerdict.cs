using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>What a stage's outcome or exception does to the item.</summary>
internal sealed record StageVerdict(AttemptResult Result, string? Reason = null)
{
    // A file that is lost again and again is no accident.
    private const int MostStepsBack = 10;

    public static StageVerdict Interrupted { get; } = new(AttemptResult.Interrupted);

    public Func<ShortsDb, Item, CancellationToken, Task<Outcome?>>? Record { get; private init; }

    private DateTimeOffset? NotBefore { get; init; }
    private ItemState? BackTo { get; init; }

    // Waiting for a time that comes by itself is no reason to look after it, however often it happens and whatever it waited for before.
    private bool EndIsKnown { get; init; }

    public static StageVerdict Wait(string reason, DateTimeOffset until) =>
        new(AttemptResult.Waiting, reason) { NotBefore = until };

    public static StageVerdict StepBack(MissingArtefactException e, Item item) =>
        item.StepsBack >= MostStepsBack
            ? new(AttemptResult.Failed, $"given up after {MostStepsBack} steps back: {e.Message}")
            : new(AttemptResult.SteppedBack, e.Message) { BackTo = e.Maker };

    public static StageVerdict Of(Outcome outcome) =>
        outcome switch
        {
            Outcome.Advanced advanced => new StageVerdict(AttemptResult.Advanced, advanced.Note),
            Outcome.Rejected(var reason) => new StageVerdict(AttemptResult.Rejected, reason),
            Outcome.Failed(var reason) => new StageVerdict(AttemptResult.Failed, reason),
            Outcome.RetryLater(var when, var reason) => Wait(reason, when),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
        } with
        {
            Record = outcome.Record,
        };

    public static StageVerdict Of(Exception e, Item item, RetryOptions retry, DateTimeOffset now)
    {
        if (e is NotYetException notYet)
            return Wait(e.Message, notYet.Until) with { EndIsKnown = true };
        switch (Faults.Of(e))
        {
            case Fault.Permanent:
                return new StageVerdict(AttemptResult.Rejected, e.Message);
            case Fault.Unavailable:
                return Wait(e.Message, now + BackOff.After(retry, item.Waits + 1));
            default:
                var tries = item.Tries + 1;
                return tries >= retry.MaxAttempts
                    ? new StageVerdict(AttemptResult.Failed, $"given up after {tries} tries: {e.Message}")
                    : new StageVerdict(AttemptResult.Retrying, e.Message)
                    {
                        NotBefore = now + BackOff.After(retry, tries),
                    };
        }
    }

    /// <summary>Changes the item's state and counters.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isReviewed">A person looks at each Short of its channel before it is published.</param>
    /// <param name="now">Now.</param>
    public void ApplyTo(Item item, bool isReviewed, DateTimeOffset now)
    {
        item.ChangedAt = now;
        switch (Result)
        {
            case AttemptResult.Interrupted:
                return;
            case AttemptResult.Advanced:
                item.Enter(item.State.Next(isReviewed));
                break;
            case AttemptResult.Rejected:
                item.Enter(ItemState.Rejected);
                break;
            case AttemptResult.Failed:
                item.Enter(ItemState.Failed);
                break;
            case AttemptResult.SteppedBack:
                item.StepsBack++;
                item.Enter(BackTo!.Value);
                break;
            case AttemptResult.Retrying:
                item.Tries++;
                break;
            case AttemptResult.Waiting:
                item.Waits = EndIsKnown ? 1 : item.Waits + 1;
                break;
            default:
                throw new InvalidOperationException($"no such result: {Result}");
        }
        item.Reason = Result == AttemptResult.Advanced ? null : Reason;
        item.NotBefore = NotBefore;
    }
}
