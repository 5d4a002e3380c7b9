using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>How a stage ended. A closed family: there is nothing else a stage can say.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>
    /// What the stage adds to the database, in the same transaction as the item's new state. It may change its mind on what
    /// it finds there by returning another outcome; null keeps this one.
    /// </summary>
    public Func<ShortsDb, Item, CancellationToken, Task<Outcome?>>? Record { get; init; }

    /// <summary>The stage's work is done.</summary>
    public sealed record Advanced : Outcome
    {
        /// <summary>What was decided on the way, in words for `explain`; null: nothing worth telling.</summary>
        public string? Note { get; init; }
    }

    /// <summary>The item ends here: not wanted or not fit to ship.</summary>
    public sealed record Rejected(string Reason) : Outcome;

    /// <summary>Nothing is wrong with the item, but it has to wait. Does not count as a failure.</summary>
    public sealed record RetryLater(DateTimeOffset When, string Reason) : Outcome;

    /// <summary>The item ends here: it cannot be done.</summary>
    public sealed record Failed(string Reason) : Outcome;
}
