using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Every try of every stage.</summary>
internal static class AttemptWords
{
    public static string Tell(IReadOnlyList<Attempt> attempts, ChannelClock clock) =>
        attempts.Count == 0
            ? ""
            : "What was done with it:\n" + string.Join('\n', attempts.Select(attempt => "  - " + Tell(attempt, clock)));

    private static string Tell(Attempt attempt, ChannelClock clock)
    {
        var took = Words.Duration(attempt.EndedAt - attempt.StartedAt);
        var reason = attempt.Reason is { Length: > 0 } text ? $": {Words.Sentence(text)}" : ".";
        return $"{Doing(attempt.Stage)} began at {clock.Say(attempt.StartedAt)}, took {took} and {InWords(attempt.Result)}{reason}";
    }

    public static string Doing(ItemState stage) =>
        stage switch
        {
            ItemState.Download => "Downloading",
            ItemState.Render => "Rendering",
            ItemState.Gate => "Checking",
            ItemState.Review => "Review",
            ItemState.Publish => "Publishing",
            _ => stage.ToString(),
        };

    public static string InWords(AttemptResult result) =>
        result switch
        {
            AttemptResult.Advanced => "was done",
            AttemptResult.Rejected => "ended with a rejection",
            AttemptResult.Waiting => "had to wait",
            AttemptResult.Retrying => "went wrong, to be tried again",
            AttemptResult.SteppedBack => "went a step back",
            AttemptResult.Failed => "failed for good",
            AttemptResult.Interrupted => "was interrupted",
            _ => $"ended as {result}",
        };
}
