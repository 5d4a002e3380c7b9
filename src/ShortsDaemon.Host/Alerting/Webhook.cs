using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Any program that listens to HTTP.</summary>
internal sealed class WebhookReceiverOptions : ReceiverOptions
{
    /// <summary>Where the alerts are sent.</summary>
    public string Url { get; init; } = "";

    /// <summary>File with that address, when it is a secret.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string UrlFile { get; init; } = "";

    /// <summary>File with the key of the signature; empty: not signed.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string SecretFile { get; init; } = "";

    public override IEnumerable<string> SecretFiles => [UrlFile, SecretFile];

    public override IEnumerable<ConfigurationProblem> Problems() => SecretAddress.Needed(nameof(Url), Url, UrlFile);
}

internal sealed class Webhook(AlertHttp http) : IAlertChannel
{
    public const string TypeName = "Webhook";

    /// <summary>sha256= and the HMAC-SHA256 of the body's bytes in small hexadecimal letters.</summary>
    public const string SignatureHeader = "X-ShortsDaemon-Signature";

    public string Type => TypeName;

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        var to = (WebhookReceiverOptions)receiver;
        var address = await Secret.AddressAsync(to.Url, to.UrlFile, cancel);
        var key = await Secret.ReadAsync("", to.SecretFile, cancel);
        var json = NoticeDocument.Write(notice);
        var answer = await http.PostAsync(
            address,
            json,
            headers =>
            {
                if (key.Length > 0)
                    headers.Add(SignatureHeader, Sign(key, json));
            },
            cancel
        );
        answer.Require(address.PathAndQuery.Length > 1 ? address.PathAndQuery : "");
    }

    private static string Sign(string key, string body) =>
        "sha256="
        + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body)));
}

/// <summary>A notice for programs.</summary>
internal static class NoticeDocument
{
    /// <returns>{"title", "machine", "at", "level" (Critical, Warning; missing: all well again), "raised", "resolved", "alerts": [...]}.</returns>
    public static string Write(Notice notice) =>
        JsonSerializer.Serialize(
            new
            {
                notice.Title,
                notice.Machine,
                notice.At,
                notice.Level,
                notice.Raised,
                notice.Resolved,
                Alerts = notice.Entries.Select(e => new
                {
                    Id = e.AlertId,
                    e.News,
                    e.Level,
                    e.Rule,
                    e.Subject,
                    e.Message,
                    e.RaisedAt,
                    e.ResolvedAt,
                    e.Times,
                }),
            },
            AlertHttp.Json
        );
}
