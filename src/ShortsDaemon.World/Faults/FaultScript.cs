using System.Text.Json;

namespace ShortsDaemon.World.Faults;

/// <summary>A fault script: a JSON array of rules. Comments and trailing commas are fine.</summary>
internal static class FaultScript
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <param name="problem">Says what is wrong with a rule that is well written; null: nothing.</param>
    /// <exception cref="FaultScriptException">With every rule that is wrong.</exception>
    public static List<FaultRule> Read(byte[] json, string name, Func<FaultRule, string?> problem)
    {
        using var document = Parse(json, name);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new FaultScriptException(
                $"{name}: a fault script is a JSON array of rules. Put [ ] around the rules."
            );
        var lines = LinesOfRules(json);
        var (rules, problems) = (new List<FaultRule>(), new List<string>());
        foreach (var (index, element) in document.RootElement.EnumerateArray().Index())
        {
            var (rule, wrong) = FaultRuleReader.Read(element);
            wrong ??= problem(rule!);
            if (wrong is null)
                rules.Add(rule!);
            else
                problems.Add($"{name}, line {lines[index]}, rule {index + 1}: {wrong}.");
        }
        return problems.Count == 0 ? rules : throw new FaultScriptException(string.Join('\n', problems));
    }

    private static JsonDocument Parse(byte[] json, string name)
    {
        try
        {
            return JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException broken)
        {
            var what = broken.Message.Split(". ", 2)[0].TrimEnd('.');
            throw new FaultScriptException(
                $"{name}, line {broken.LineNumber + 1}: {what}. Correct the JSON there; comments and trailing commas are fine.",
                broken
            );
        }
    }

    private static List<int> LinesOfRules(byte[] json)
    {
        var reader = new Utf8JsonReader(
            json,
            new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
        );
        var lines = new List<int>();
        while (reader.Read())
            if (reader.CurrentDepth == 1 && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
                lines.Add(1 + json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n'));
        return lines;
    }
}
