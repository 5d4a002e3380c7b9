using System.Numerics;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Logging;

/// <summary>Tells the walk of the items in log lines, one for each stage that ended.</summary>
internal sealed class FlowLog(FlowEvents events, ILogger<FlowLog> log)
{
    public void Start() => events.Happened += Write;

    private void Write(FlowEvent happened)
    {
        if (happened is not FlowEvent.StageEnded ended)
            return;
        var (item, stage, result, took) = ended;
        using var scope = log.BeginItem(item);
        switch (result)
        {
            case AttemptResult.Advanced:
                log.LogInformation(
                    "{Stage} of '{Title}' done in {Seconds:0.0} s",
                    stage.ToString(),
                    item.Title,
                    took.TotalSeconds
                );
                break;
            case AttemptResult.Interrupted:
                log.LogInformation(
                    "{Stage} of '{Title}' interrupted; goes on after the next start",
                    stage.ToString(),
                    item.Title
                );
                break;
            case AttemptResult.Rejected:
                log.LogInformation("'{Title}' rejected: {Reason}", item.Title, item.Reason);
                break;
            case AttemptResult.Waiting:
            case AttemptResult.Retrying:
                log.Log(
                    result == AttemptResult.Retrying ? LogLevel.Warning : LevelOfWait(ended),
                    "{Stage} of '{Title}' again at {When:HH:mm:ss} UTC: {Reason}",
                    stage.ToString(),
                    item.Title,
                    item.NotBefore,
                    item.Reason
                );
                break;
            case AttemptResult.SteppedBack:
                log.LogWarning(
                    "'{Title}' goes back to {State}: {Reason}",
                    item.Title,
                    item.State.ToString(),
                    item.Reason
                );
                break;
            default:
                log.LogError("'{Title}' failed: {Reason}", item.Title, item.Reason);
                break;
        }
    }

    // The first wait may be as it should be: a slot that has not come, a platform that is processing. What goes on for
    // weeks is told the 1st, 2nd, 4th, 8th … time.
    private static LogLevel LevelOfWait(FlowEvent.StageEnded ended) =>
        ended.Item.Waits <= 1
            ? ended.IsNews
                ? LogLevel.Information
                : LogLevel.Debug
            : BitOperations.IsPow2(ended.Item.Waits)
                ? LogLevel.Warning
                : LogLevel.Debug;
}
