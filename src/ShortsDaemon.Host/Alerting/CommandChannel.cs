using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Any program of the owner.</summary>
internal sealed class CommandReceiverOptions : ReceiverOptions
{
    /// <summary>Name (searched on PATH) or path of the program. No shell is asked.</summary>
    [Required, RelativePath(PathBase.DeclaringFile, BareNames = true)]
    public string Program { get; init; } = "";

    /// <summary>Its arguments, one for each entry.</summary>
    public List<string> Arguments { get; init; } = [];
}

internal sealed class CommandChannel(ProcessRunner processes) : IAlertChannel
{
    public const string TypeName = "Command";

    /// <summary>Environment variables in which the program finds the notice.</summary>
    public const string DocumentVariable = "SHORTSDAEMON_ALERT";
    public const string TitleVariable = "SHORTSDAEMON_ALERT_TITLE";
    public const string TextVariable = "SHORTSDAEMON_ALERT_TEXT";

    // One variable may have 128 KiB.
    private const int LongestText = 16_000;

    public string Type => TypeName;

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        var to = (CommandReceiverOptions)receiver;
        var command = new ProcessCommand(to.Program, to.Arguments)
        {
            Environment = new Dictionary<string, string?>
            {
                [DocumentVariable] = NoticeDocument.Write(notice),
                [TitleVariable] = notice.Title,
                [TextVariable] = NoticeText.Body(notice, LongestText),
            },
            Limits = new() { Time = AlertChannels.Limit },
        };
        try
        {
            await processes.RequireAsync(command, new OutputHandlers(), cancel);
        }
        catch (ProcessFailedException e)
        {
            throw new NotToldException(SecretFree.Text(e.Message), inner: e);
        }
    }
}
