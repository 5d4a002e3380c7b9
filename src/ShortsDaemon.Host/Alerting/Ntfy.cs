using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>A topic on ntfy.sh or a server of one's own.</summary>
internal sealed class NtfyReceiverOptions : ReceiverOptions
{
    /// <summary>The server.</summary>
    public string Url { get; init; } = "https://ntfy.sh/";

    /// <summary>Topic; on a public server it is as good as a password.</summary>
    [Required]
    public string Topic { get; init; } = "";

    /// <summary>File with an access token; empty: none.</summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string TokenFile { get; init; } = "";

    public override IEnumerable<string> SecretFiles => [TokenFile];

    public override IEnumerable<ConfigurationProblem> Problems() =>
        Url.Length == 0
            ? [new(nameof(Url), "a value is missing", "Write the address of the server, or leave it out.")]
            : SecretAddress.Problems(nameof(Url), Url, "");
}

internal sealed class Ntfy(AlertHttp http) : IAlertChannel
{
    public const string TypeName = "Ntfy";

    // Beyond 4096 bytes a message becomes an attachment, which telephones do not show.
    private const int LongestBytes = 3900;

    public string Type => TypeName;

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        var to = (NtfyReceiverOptions)receiver;
        var token = await Secret.ReadAsync("", to.TokenFile, cancel);
        var json = JsonSerializer.Serialize(Message(to.Topic, notice), AlertHttp.Json);
        var answer = await http.PostAsync(
            new Uri(to.Url),
            json,
            headers =>
            {
                if (token.Length > 0)
                    headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            },
            cancel
        );
        answer.Require(token.Length > 0 ? token : to.Topic, Mend);
    }

    private static object Message(string topic, Notice notice)
    {
        var (priority, tag) = notice.Level switch
        {
            AlertLevel.Critical => (5, "rotating_light"),
            AlertLevel.Warning => (4, "warning"),
            _ => (3, "white_check_mark"),
        };
        return new
        {
            topic,
            title = notice.Title,
            message = NoticeText.Body(notice, LongestBytes, Encoding.UTF8.GetByteCount),
            priority,
            tags = new[] { tag },
        };
    }

    private static string? Mend(int status) =>
        status is 401 or 403 ? "Write a token that may publish to the topic into TokenFile (chmod 600)." : null;
}
