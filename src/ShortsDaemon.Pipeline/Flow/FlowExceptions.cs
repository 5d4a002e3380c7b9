namespace ShortsDaemon.Pipeline.Flow;

/// <summary>A file that an earlier stage made is gone, damaged or not the same any more: the item goes back to that stage.</summary>
/// <param name="maker">The stage that makes it.</param>
public sealed class MissingArtefactException(ItemState maker, string message) : Exception(message)
{
    public ItemState Maker { get; } = maker;
}

/// <summary>Something around the item is not usable now (disk, destination, tool). It waits; this is no failure of the item.</summary>
public sealed class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
