using System.Reflection;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Reads one plain value: converts it, and makes it absolute when it is a path.</summary>
internal sealed class ValueReader(LayeredConfiguration configuration, PathResolver paths, ProblemList problems)
{
    /// <returns>The value; null when it was not usable, which is then reported.</returns>
    public object? Read(string key, string text, Type type, PropertyInfo? property = null)
    {
        var origin = configuration.OriginOf(key);
        var (value, expected) = Scalar.Convert(text, type);
        if (value is null)
        {
            problems.Error(key, $"'{text}' is not {expected.What}{In(origin)}", expected.Mend);
            return null;
        }
        return property?.GetCustomAttribute<RelativePathAttribute>() is { } rule
            ? Resolved(key, text, rule, origin)
            : value;
    }

    private string? Resolved(string key, string text, RelativePathAttribute rule, ConfigurationLayer? origin)
    {
        var path = paths.TryResolve(text, rule, origin);
        if (path is null)
            problems.Error(key, $"this is not a path{In(origin)}", "Remove the zero character from it.");
        return path;
    }

    internal static string In(ConfigurationLayer? origin) => origin is null ? "" : $" (from {origin})";
}
