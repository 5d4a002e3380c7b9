using System.Globalization;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Number of an item in the database; what `explain` is given.</summary>
public readonly record struct ItemId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
