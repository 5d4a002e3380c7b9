using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShortsDaemon.Host.Health;

namespace ShortsDaemon.Host.Commands.Support;

/// <summary>Takes secrets out of texts: those that are known, in every spelling they travel in, and whatever looks like one.</summary>
internal sealed partial class SecretScrub
{
    public const string Hidden = "***";

    // Something shorter would stand in every second word, and no such thing is a secret worth its name.
    private const int Shortest = 6;
    private const int ShortestPiece = 8;
    private static readonly char[] Ends = ['/', '?', '&', '=', '#', ' ', ';', ','];
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    private readonly string[] _known;

    /// <param name="secrets">Whole texts; of those with several lines each line counts, too.</param>
    public SecretScrub(IEnumerable<string> secrets) =>
        _known = [
            .. secrets
                .SelectMany(secret => secret.Split('\n').Append(secret))
                .Select(secret => secret.Trim())
                .Where(secret => secret.Length >= Shortest)
                .SelectMany(Pieces)
                .SelectMany(Spellings)
                .Distinct(StringComparer.Ordinal)
                // One may be the beginning of another.
                .OrderByDescending(secret => secret.Length),
        ];

    public string Text(string text)
    {
        foreach (var secret in _known)
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        // Line by line: a pattern must not wander through a whole log.
        return string.Join('\n', text.Split('\n').Select(Line));
    }

    private static string Line(string text)
    {
        text = Header().Replace(text, $"${{kept}}{Hidden}");
        text = Webhook().Replace(text, $"${{kept}}{Hidden}");
        text = Escaped().Replace(text, $"${{kept}}{Hidden}");
        text = Token().Replace(text, Hidden);
        return SecretFree.Text(text);
    }

    /// <summary>The value as JSON, every text in it scrubbed before it is escaped.</summary>
    public string Json(object value)
    {
        var tree = Scrubbed(JsonSerializer.SerializeToNode(value, Format));
        return tree?.ToJsonString(Format) ?? "null";
    }

    /// <returns>Whether a known secret is left.</returns>
    public bool IsLeftIn(string text) => _known.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    private JsonNode? Scrubbed(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields.Select(field => KeyValuePair.Create(Text(field.Key), Scrubbed(field.Value)))
            ),
            JsonArray list => new JsonArray(list.Select(Scrubbed).ToArray()),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Text(text)),
            _ => node?.DeepClone(),
        };

    /// <summary>Of an address or a header it is one part that lets somebody in, and that part may turn up alone.</summary>
    private static IEnumerable<string> Pieces(string secret) =>
        secret.Split(Ends).Where(piece => piece.Length >= ShortestPiece && piece.Any(char.IsDigit)).Append(secret);

    private static IEnumerable<string> Spellings(string secret) =>
        [
            secret,
            JsonEncodedText.Encode(secret).ToString(),
            JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Uri.EscapeDataString(secret),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)),
        ];

    /// <summary>Authorization: …, Cookie: … up to the end of the line or of its quotes.</summary>
    [GeneratedRegex(
        @"(?<kept>\b(proxy-)?(authorization|set-cookie|cookie)\b\\?[""']?\s*[=:]\s*\\?[""']?)[^\r\n""\\]+",
        Plain,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Header();

    /// <summary>Of these services the address itself lets in whoever knows it.</summary>
    [GeneratedRegex(
        @"(?<kept>https?://(hooks\.slack\.com/services|[\w.-]*discord(app)?\.com/api/webhooks|api\.telegram\.org|hc-ping\.com|ntfy\.sh)/)[^\s""'<>\\]+",
        Plain,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Webhook();

    /// <summary>\"access_token\":\"…\" as it stands inside a text that is JSON itself; and a few more names.</summary>
    [GeneratedRegex(
        @"(?<kept>\b[\w-]*(password|passwd|passphrase|secret|token|api_?key|signature|credential)\\?[""']?\s*[=:]\s*\\?[""']?)[^\s""'\\;,&]+",
        Plain,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Escaped();

    /// <summary>Google's access and refresh tokens and client secrets, Telegram's bots, JSON web tokens.</summary>
    [GeneratedRegex(
        @"\b(ya29\.[\w-]{8,}|1//[\w-]{8,}|GOCSPX-[\w-]{8,}|\d{6,}:[\w-]{30,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Token();
}
