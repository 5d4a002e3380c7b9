using System.Collections;
using System.Globalization;
using System.Reflection;
using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>One value of the configuration in force.</summary>
/// <param name="NeedsRestart">A change of it waits for the next start.</param>
public sealed record OptionEntry(string Key, string? Value, bool NeedsRestart);

/// <summary>Compares two configurations by their keys.</summary>
public static class OptionsDifference
{
    /// <summary>Every plain value with its full key, defaults included.</summary>
    public static IEnumerable<OptionEntry> Entries(ShortsOptions options) => Walk(options, "");

    /// <returns>
    /// The keys whose values differ, in order; what is only in one of the two is named once, at the highest key that
    /// is missing in the other, with "(new)" or "(gone)" behind it. Values are left out: they may be secret.
    /// </returns>
    public static IReadOnlyList<string> Changed(ShortsOptions before, ShortsOptions after)
    {
        var old = Entries(before)
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        var now = Entries(after)
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        var edited = now.Where(entry => old.TryGetValue(entry.Key, out var value) && value != entry.Value);
        return
        [
            .. edited
                .Select(entry => entry.Key)
                .Concat(Only(now.Keys, old.Keys).Select(key => $"{key} (new)"))
                .Concat(Only(old.Keys, now.Keys).Select(key => $"{key} (gone)"))
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static IEnumerable<string> Only(ICollection<string> here, ICollection<string> there)
    {
        var known = there.SelectMany(Prefixes).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return here.Select(key => Prefixes(key).FirstOrDefault(prefix => !known.Contains(prefix)))
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>a:b:c gives a, a:b and a:b:c.</summary>
    private static IEnumerable<string> Prefixes(string key) =>
        key.Select((letter, index) => letter == ':' ? index : -1)
            .Where(end => end > 0)
            .Append(key.Length)
            .Select(end => key[..end]);

    private static IEnumerable<OptionEntry> Walk(object target, string path) =>
        OptionProperties
            .Of(target.GetType())
            .SelectMany(property => Walk(target, property, OptionProperties.Join(path, property.Name)));

    private static IEnumerable<OptionEntry> Walk(object target, PropertyInfo property, string key)
    {
        var value = property.GetValue(target);
        if (!Scalar.Is(property.PropertyType))
            return Inside(value, key);
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return [new(key, text, property.IsDefined(typeof(NeedsRestartAttribute)))];
    }

    private static IEnumerable<OptionEntry> Inside(object? value, string key) =>
        value switch
        {
            null => [],
            IDictionary named => named.Keys.Cast<string>().SelectMany(name => Element(named[name]!, $"{key}:{name}")),
            IList list => list.Cast<object>().SelectMany((element, index) => Element(element, $"{key}:{index}")),
            _ => Walk(value, key),
        };

    private static IEnumerable<OptionEntry> Element(object element, string key) =>
        Scalar.Is(element.GetType())
            ? [new(key, Convert.ToString(element, CultureInfo.InvariantCulture), NeedsRestart: false)]
            : Walk(element, key);
}
