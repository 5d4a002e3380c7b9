namespace ShortsDaemon.Pipeline.Flow;

/// <summary>A file that an earlier stage made is gone, damaged or not the same any more: the item goes back to that stage.</summary>
/// <param name="maker">The stage that makes it.</param>
public sealed class MissingArtefactException(ItemState maker, string message) : Exception(message)
{
    public ItemState Maker { get; } = maker;
}

/// <summary>Something around the item is not usable now (disk, destination, tool). It waits; this is no failure of the item.</summary>
public class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A stage stood still for too long and was interrupted. Counts as a failure of the item.</summary>
public sealed class StageHungException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>It is known when to come back: a posting slot, a new quota day, a breaker's next probe. No failure of the item.</summary>
/// <param name="until">When to try again.</param>
public class NotYetException(DateTimeOffset until, string message, Exception? inner = null)
    : UnavailableException(message, inner)
{
    public DateTimeOffset Until { get; } = until;
}
