using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>A chat of a Telegram bot.</summary>
internal sealed class TelegramReceiverOptions : ReceiverOptions
{
    /// <summary>The bot's token. Better in the environment, or in TokenFile.</summary>
    public string BotToken { get; init; } = "";

    /// <summary>File with the bot's token.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string TokenFile { get; init; } = "";

    /// <summary>Number of the chat, or the @name of a channel.</summary>
    [Required]
    public string ChatId { get; init; } = "";

    /// <summary>Where the Bot API is.</summary>
    [Required]
    public string ApiBaseUrl { get; init; } = "https://api.telegram.org/";

    public override IEnumerable<string> SecretFiles => [TokenFile];

    public override IEnumerable<ConfigurationProblem> Problems() =>
        SecretAddress
            .Either(nameof(BotToken), BotToken, nameof(TokenFile), TokenFile)
            .Concat(SecretAddress.Problems(nameof(ApiBaseUrl), ApiBaseUrl, ""));
}

internal sealed class Telegram(AlertHttp http) : IAlertChannel
{
    public const string TypeName = "Telegram";

    // After the entities are taken out, in UTF-16 units.
    private const int LongestText = 4096;

    public string Type => TypeName;

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        var to = (TelegramReceiverOptions)receiver;
        var token = await Secret.ReadAsync(to.BotToken, to.TokenFile, cancel);
        // The colon in a token would make a scheme of it in a relative address.
        var address = new Uri($"{to.ApiBaseUrl.TrimEnd('/')}/bot{token}/sendMessage");
        var answer = await http.PostJsonAsync(address, Message(to.ChatId, notice), cancel);
        // A group that has grown is somewhere else since.
        if (Parameter(answer, "migrate_to_chat_id") is { } moved)
            answer = await http.PostJsonAsync(address, Message(moved.GetRawText(), notice), cancel);
        if (answer.Status == 429 && Parameter(answer, "retry_after") is { } wait && wait.TryGetDouble(out var seconds))
            answer = answer with { RetryAfter = TimeSpan.FromSeconds(seconds) };
        answer.Require(token, Mend);
    }

    private static object Message(string chat, Notice notice)
    {
        var body = NoticeText.Body(notice, LongestText - notice.Title.Length - 2);
        return new
        {
            chat_id = chat,
            text = $"{notice.Title}\n\n{body}",
            // Marked by place and length: nothing in the text has to be escaped, and nothing can be taken for markup.
            entities = new[]
            {
                new
                {
                    type = "bold",
                    offset = 0,
                    length = notice.Title.Length,
                },
            },
            disable_notification = notice.Level is null,
            link_preview_options = new { is_disabled = true },
        };
    }

    private static JsonElement? Parameter(AlertHttp.Answer answer, string name) =>
        answer.Document is { ValueKind: JsonValueKind.Object } document
        && document.TryGetProperty("parameters", out var all)
        && all.ValueKind == JsonValueKind.Object
        && all.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
            ? value
            : null;

    private static string? Mend(int status) =>
        status switch
        {
            401 or 404 => "Ask BotFather for the token of the bot.",
            403 => "Let the bot into the chat, and unblock it.",
            400 => "Look at ChatId.",
            _ => null,
        };
}
