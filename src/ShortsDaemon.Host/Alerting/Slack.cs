using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>An incoming webhook of Slack.</summary>
internal sealed class SlackReceiverOptions : ReceiverOptions
{
    /// <summary>The webhook's address. Better in the environment, or in UrlFile.</summary>
    public string Url { get; init; } = "";

    /// <summary>File with the webhook's address.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string UrlFile { get; init; } = "";

    public override IEnumerable<string> SecretFiles => [UrlFile];

    public override IEnumerable<ConfigurationProblem> Problems() => SecretAddress.Needed(nameof(Url), Url, UrlFile);
}

internal sealed class Slack(AlertHttp http) : IAlertChannel
{
    public const string TypeName = "Slack";
    private const int LongestText = 3000;

    public string Type => TypeName;

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        var to = (SlackReceiverOptions)receiver;
        var address = await Secret.AddressAsync(to.Url, to.UrlFile, cancel);
        var body = NoticeText.Body(notice, LongestText, text => Escape(text).Length);
        var message = new { text = Escape($"{notice.Title}\n\n{body}"), mrkdwn = false };
        var answer = await http.PostJsonAsync(address, message, cancel);
        answer.Require(address.AbsolutePath, Mend);
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string? Mend(int status) =>
        status is 403 or 404 or 410 ? "Make a new incoming webhook for the app and write its address." : null;
}
