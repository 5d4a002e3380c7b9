using System.Globalization;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Number of an item in the database; what `explain` is given.</summary>
public readonly record struct ItemId(long Value)
{
    /// <summary>Found earlier; queries understand it.</summary>
    public static bool operator <(ItemId left, ItemId right) => left.Value < right.Value;

    public static bool operator >(ItemId left, ItemId right) => left.Value > right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
