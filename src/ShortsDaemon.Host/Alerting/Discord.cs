using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>A webhook of a Discord channel.</summary>
internal sealed class DiscordReceiverOptions : ReceiverOptions
{
    /// <summary>The webhook's address. Better in the environment, or in UrlFile.</summary>
    public string Url { get; init; } = "";

    /// <summary>File with the webhook's address.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string UrlFile { get; init; } = "";

    public override IEnumerable<string> SecretFiles => [UrlFile];

    public override IEnumerable<ConfigurationProblem> Problems() => SecretAddress.Needed(nameof(Url), Url, UrlFile);
}

internal sealed class Discord(AlertHttp http) : IAlertChannel
{
    public const string TypeName = "Discord";
    private const int LongestDescription = 4000;
    private const string Markup = @"\*_~`|>#[]()-";
    private const int Red = 0xC0392B;
    private const int Amber = 0xE67E22;
    private const int Green = 0x27AE60;

    public string Type => TypeName;

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        var to = (DiscordReceiverOptions)receiver;
        var address = await Secret.AddressAsync(to.Url, to.UrlFile, cancel);
        // Without wait=true a message that is lost gives no error.
        var asking = new UriBuilder(address) { Query = $"{address.Query.TrimStart('?')}&wait=true".TrimStart('&') }.Uri;
        var answer = await http.PostJsonAsync(asking, Message(notice), cancel);
        if (
            answer.Status == 429
            && answer.Document is { ValueKind: JsonValueKind.Object } document
            && document.TryGetProperty("retry_after", out var wait)
            && wait.TryGetDouble(out var seconds)
        )
            answer = answer with { RetryAfter = TimeSpan.FromSeconds(seconds) };
        answer.Require(address.AbsolutePath, Mend);
    }

    private static object Message(Notice notice) =>
        new
        {
            embeds = new[]
            {
                new
                {
                    title = notice.Title,
                    description = Plain(NoticeText.Body(notice, LongestDescription, text => Plain(text).Length)),
                    color = notice.Level switch
                    {
                        AlertLevel.Critical => Red,
                        AlertLevel.Warning => Amber,
                        _ => Green,
                    },
                },
            },
            allowed_mentions = new { parse = Array.Empty<string>() },
        };

    private static string Plain(string text) =>
        string.Concat(text.Select(c => Markup.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));

    private static string? Mend(int status) =>
        status is 401 or 404 ? "Make a new webhook in the channel's settings and write its address." : null;
}
