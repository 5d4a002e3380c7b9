using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Publish;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>Reads what is given with a deed; every mistake is kept. No body at all is an empty one.</summary>
internal sealed class DeedBody
{
    private static readonly string[] Layouts = Enum.GetNames<LayoutName>();

    private readonly List<WrongValue> _wrong = [];
    private readonly JsonObject _body;

    private DeedBody(JsonObject body, string deed)
    {
        _body = body;
        var keys = KeysOf(deed);
        foreach (var (key, _) in body.Where(value => !keys.Contains(value.Key, StringComparer.Ordinal)))
            Refuse(
                key,
                $"'{key}' is not known here.",
                keys.Length == 0 ? "Send nothing." : $"There are: {string.Join(", ", keys)}."
            );
        if (deed == "edit" && body.Count == 0)
            Refuse("title", "Nothing is to be changed.", "Give title, notBefore or both.");
        Wish = new DeedWish
        {
            Reason = Text("reason"),
            Title = _body.ContainsKey("title") ? Text("title") ?? "" : null,
            Layout = Layout(),
            Captions = Switch("captions"),
            When = _body.ContainsKey("notBefore") ? new PublishTime(Time("notBefore")) : null,
        };
    }

    public DeedWish Wish { get; }
    public IReadOnlyList<WrongValue> Wrong => _wrong;

    public static async Task<DeedBody> ReadAsync(HttpRequest request, string deed)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        try
        {
            var body = string.IsNullOrWhiteSpace(text) ? new JsonObject() : JsonNode.Parse(text) as JsonObject;
            if (body is not null)
                return new DeedBody(body, deed);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Said below: what JSON complains of is no help without the text.
        }
        var broken = new DeedBody([], "");
        broken.Refuse("", "The body is no JSON object.", "Send an object, for instance {\"reason\": \"too loud\"}.");
        return broken;
    }

    private static string[] KeysOf(string deed) =>
        deed switch
        {
            "reject" => ["reason"],
            "render" => ["layout", "captions"],
            "edit" => ["title", "notBefore"],
            _ => [],
        };

    private string? Text(string key)
    {
        if (_body[key] is not { } value)
            return null;
        if (value is JsonValue plain && plain.TryGetValue<string>(out var text))
            return text;
        Refuse(key, $"'{key}' is no text.", "Give a text or null.");
        return null;
    }

    private bool? Switch(string key)
    {
        if (_body[key] is not { } value)
            return null;
        if (value is JsonValue plain && plain.TryGetValue<bool>(out var isOn))
            return isOn;
        Refuse(key, $"'{key}' is neither true nor false.", "Give true, false or null.");
        return null;
    }

    // By name only: a number would be taken for the place in the list.
    private LayoutName? Layout()
    {
        if (Text("layout") is not { } text)
            return null;
        if (Layouts.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<LayoutName>(text, ignoreCase: true);
        Refuse("layout", $"'{text}' is no layout.", $"There are: {string.Join(", ", Layouts)}.");
        return null;
    }

    // Without its offset an instant could be meant in any zone.
    private DateTimeOffset? Time(string key)
    {
        if (Text(key) is not { } text)
            return null;
        string[] formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        if (
            hasOffset
            && DateTimeOffset.TryParseExact(
                text,
                formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var at
            )
        )
            return at;
        Refuse(
            key,
            $"'{text}' is no instant.",
            "Give it with its offset, for instance 2026-11-22T18:30:00+01:00, or null."
        );
        return null;
    }

    private void Refuse(string key, string what, string mend) => _wrong.Add(new WrongValue(key, what, mend));
}
