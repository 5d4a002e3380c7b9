using System.Globalization;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>What a value should have been.</summary>
internal sealed record Expected(string What, string Mend);

/// <summary>Plain values: text, numbers, true/false, names.</summary>
internal static class Scalar
{
    private static readonly Expected Text = new("a text", "Write a text.");
    private static readonly Expected Switch = new("true or false", "Write true or false.");
    private static readonly Expected Whole = new("a whole number", "Write a whole number, for instance 3.");
    private static readonly Expected Number = new("a number", "Write a number with a decimal point, for instance 2.5.");

    public static bool Is(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum
            || plain == typeof(string)
            || plain == typeof(bool)
            || plain == typeof(int)
            || plain == typeof(long)
            || plain == typeof(double);
    }

    /// <returns>The value, or null with what was expected.</returns>
    public static (object? Value, Expected Expected) Convert(string text, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            return (Name(text, plain), Names(text, plain));
        if (plain == typeof(bool))
            return (bool.TryParse(text, out var on) ? on : null, Switch);
        if (plain == typeof(int))
            return (int.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole : null, Whole);
        if (plain == typeof(long))
            return (long.TryParse(text, CultureInfo.InvariantCulture, out var large) ? large : null, Whole);
        if (plain == typeof(double))
            return (Finite(text), Number);
        return (text, Text);
    }

    private static double? Finite(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static object? Name(string text, Type type) =>
        Enum.GetNames(type).FirstOrDefault(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            is { } name
            ? Enum.Parse(type, name)
            : null;

    private static Expected Names(string text, Type type)
    {
        var names = Enum.GetNames(type);
        var list = string.Join(", ", names);
        return new($"one of {list}", $"Write one of these names. {Nearest.Hint(text, names)}".TrimEnd());
    }
}
