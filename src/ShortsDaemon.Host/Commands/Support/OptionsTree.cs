using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Host.Commands.Support;

/// <summary>The options in force as JSON, defaults and those of plug-ins included; what is secret only says that it is set.</summary>
internal static partial class OptionsTree
{
    /// <param name="value">Options, or a part of them.</param>
    public static JsonNode? Of(object? value) => Of(value, isSecret: false, hidden: null);

    /// <returns>The values of all secret keys.</returns>
    public static IReadOnlyList<string> SecretsOf(object value)
    {
        List<string> found = [];
        Of(value, isSecret: false, found);
        return found;
    }

    private static JsonNode? Of(object? value, bool isSecret, List<string>? hidden)
    {
        switch (value)
        {
            case null:
                return null;
            case string text when isSecret && text.Length > 0:
                hidden?.Add(text);
                return SecretScrub.Hidden;
            case string text:
                return text;
            case bool flag:
                return flag;
            case IDictionary map:
                return Entries(map, isSecret, hidden);
            case IEnumerable list:
                return new JsonArray(list.Cast<object?>().Select(element => Of(element, isSecret, hidden)).ToArray());
            case IConvertible or TimeSpan or DateTimeOffset:
                return Plain(value, isSecret, hidden);
            default:
                return Fields(value, isSecret, hidden);
        }
    }

    private static JsonObject Entries(IDictionary map, bool isSecret, List<string>? hidden)
    {
        var entries = new JsonObject();
        foreach (DictionaryEntry entry in map)
            entries[(string)entry.Key] = Of(entry.Value, isSecret, hidden);
        return entries;
    }

    private static JsonNode Plain(object value, bool isSecret, List<string>? hidden)
    {
        if (isSecret)
            return Of(Convert.ToString(value, CultureInfo.InvariantCulture), isSecret, hidden)!;
        return value switch
        {
            int number => number,
            long number => number,
            double number => number,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static JsonObject Fields(object value, bool isSecret, List<string>? hidden)
    {
        var fields = new JsonObject();
        // What is only computed is no option.
        var options = value
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0);
        foreach (var option in options)
            fields[option.Name] = Of(option.GetValue(value), isSecret || Secret().IsMatch(option.Name), hidden);
        return fields;
    }

    /// <summary>
    /// Keys whose values let somebody in. A file is named, not quoted; Url, Topic and ProjectUrl are addresses that are
    /// secrets; the arguments of a command may hold anything.
    /// </summary>
    [GeneratedRegex(
        "^(url|projecturl|topic|chatid|arguments)$|(secret|token|password|passphrase|key)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Secret();
}
