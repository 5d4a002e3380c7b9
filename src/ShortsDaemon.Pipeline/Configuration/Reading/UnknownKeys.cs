using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ShortsDaemon.Pipeline.Configuration.Reading;

/// <summary>Reports keys that no option has: nearly always a typing error.</summary>
internal sealed class UnknownKeys(LayeredConfiguration configuration, ProblemList problems)
{
    /// <summary>Sections that belong to the framework, which may stand in the same files.</summary>
    private static readonly HashSet<string> Framework = new(StringComparer.OrdinalIgnoreCase)
    {
        "Serilog",
        "Logging",
        "AllowedHosts",
        "Kestrel",
        "environment",
        "contentRoot",
        "applicationName",
        "urls",
    };

    public void Report(IConfiguration section, string path, IReadOnlyList<PropertyInfo> known)
    {
        var names = known.Select(property => property.Name).ToList();
        foreach (var child in section.GetChildren())
            if (!names.Contains(child.Key, StringComparer.OrdinalIgnoreCase) && !IsNote(child.Key))
                Report(child.Key, path, names);
    }

    private void Report(string name, string path, List<string> names)
    {
        var key = OptionProperties.Join(path, name);
        var origins = configuration.OriginsUnder(key);
        if (path.Length == 0)
        {
            // The environment is full of names that are none of ours.
            origins = origins.Where(layer => layer.Kind != LayerKind.Environment);
            if (Framework.Contains(name))
                return;
        }
        if (origins.FirstOrDefault() is not { } origin)
            return;
        var hint = Nearest.Hint(name, names);
        var mend = hint.Length > 0 ? hint : $"Known here: {string.Join(", ", names)}.";
        problems.Warning(key, $"this key is not known and has no effect{ValueReader.In(origin)}", mend);
    }

    /// <summary>"$schema" and "//" are how people annotate JSON.</summary>
    private static bool IsNote(string name) => name.StartsWith('$') || name.StartsWith("//", StringComparison.Ordinal);
}
