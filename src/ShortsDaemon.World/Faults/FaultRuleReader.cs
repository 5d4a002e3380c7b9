using System.Text.Json;

namespace ShortsDaemon.World.Faults;

/// <summary>Reads one rule. What is wrong with it is a sentence, never an exception.</summary>
internal static class FaultRuleReader
{
    private const string Keys = "call, do, from, times, every, where, headers, body";

    public static (FaultRule? Rule, string? Problem) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return (null, "a rule is an object, such as {\"call\": \"twitch.clips\", \"do\": \"status 503\"}");
        var rule = new FaultRule("", "");
        foreach (var property in element.EnumerateObject())
        {
            if (With(rule, property.Name, property.Value) is not { } next)
                return (null, Wrong(property));
            rule = next;
        }
        return (rule.Call, rule.Do) switch
        {
            ("", _) => (null, "it lacks 'call', the operation that it meets"),
            (_, "") => (null, "it lacks 'do', what happens"),
            _ => (rule, null),
        };
    }

    private static FaultRule? With(FaultRule rule, string key, JsonElement value) =>
        (key, value.ValueKind) switch
        {
            ("call", JsonValueKind.String) => rule with { Call = value.GetString()! },
            ("do", JsonValueKind.String) => rule with { Do = value.GetString()! },
            ("where", JsonValueKind.String) => rule with { Where = value.GetString() },
            ("times", JsonValueKind.String) when value.ValueEquals("always") => rule with { Times = FaultRule.Always },
            ("from", JsonValueKind.Number) when Count(value) is { } from => rule with { From = from },
            ("times", JsonValueKind.Number) when Count(value) is { } times => rule with { Times = times },
            ("every", JsonValueKind.Number) when Count(value) is { } every => rule with { Every = every },
            ("body", JsonValueKind.String) => rule with { Body = value.GetString() },
            ("body", _) => rule with { Body = value.GetRawText() },
            ("headers", JsonValueKind.Object) when Texts(value) is { } headers => rule with { Headers = headers },
            _ => null,
        };

    private static int? Count(JsonElement value) => value.TryGetInt32(out var count) && count >= 1 ? count : null;

    private static Dictionary<string, string>? Texts(JsonElement value)
    {
        var texts = value.EnumerateObject().ToList();
        return texts.TrueForAll(text => text.Value.ValueKind == JsonValueKind.String)
            ? texts.ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.OrdinalIgnoreCase)
            : null;
    }

    private static string Wrong(JsonProperty property) =>
        property.Name switch
        {
            "call" or "do" or "where" => $"'{property.Name}' must be a text",
            "from" or "every" => $"'{property.Name}' must be a whole number from 1",
            "times" => "'times' must be a whole number from 1, or \"always\"",
            "headers" => "'headers' must be an object of texts, such as {\"Retry-After\": \"5\"}",
            _ => $"'{property.Name}' is unknown; a rule has {Keys}",
        };
}
