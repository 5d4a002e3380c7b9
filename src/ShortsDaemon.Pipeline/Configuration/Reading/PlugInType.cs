using Microsoft.Extensions.Configuration;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>The Type of a section, which picks the plug-in and its options.</summary>
internal static class PlugInType
{
    private const string Key = "Type";

    /// <returns>The plug-in's own spelling of its name; null when there is no such plug-in, which is then reported.</returns>
    public static string? NameOf(
        IConfigurationSection section,
        string key,
        IReadOnlyDictionary<string, Type> known,
        ProblemList problems
    )
    {
        var written = section[Key] ?? "";
        var names = known.Keys.Order(StringComparer.Ordinal).ToList();
        var name = names.Find(name => string.Equals(name, written, StringComparison.OrdinalIgnoreCase));
        if (name is not null)
            return name;
        var what = written.Length == 0 ? "the type is missing" : $"'{written}' is not a known type";
        var mend = $"Write one of {string.Join(", ", names)}. {Nearest.Hint(written, names)}";
        problems.Error($"{key}:{Key}", what, mend.TrimEnd());
        return null;
    }

    public static void Write(object options, string name) =>
        options.GetType().GetProperty(Key)!.SetValue(options, name);
}
