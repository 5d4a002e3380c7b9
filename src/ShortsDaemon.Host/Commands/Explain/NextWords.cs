using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>What happens with an item next, or how it ended.</summary>
internal static class NextWords
{
    public static string Tell(Item item, ChannelClock clock, DateTimeOffset now) =>
        item.State switch
        {
            ItemState.Candidate => "Next, the following run of its channel decides about it again.",
            ItemState.Review =>
                "Next, a person approves or rejects it, at /review in the control room; until then nothing happens.",
            ItemState.Published => $"It ended at {clock.Say(item.ChangedAt)}: its Short is at every destination.",
            ItemState.Rejected => Ended("was rejected and nothing more happens with it", item, clock),
            ItemState.Failed => Ended("was given up and nothing more happens with it", item, clock),
            ItemState.Expired => Ended("was dropped from the backlog", item, clock),
            _ => Working(item, clock, now),
        };

    private static string Ended(string how, Item item, ChannelClock clock) =>
        $"It ended at {clock.Say(item.ChangedAt)}: it {how}{Because(item)}";

    private static string Working(Item item, ChannelClock clock, DateTimeOffset now)
    {
        var stage = item.State.ToString().ToLowerInvariant();
        var when =
            item.NotBefore > now ? $"not before {clock.Say(item.NotBefore.Value)}" : "as soon as the daemon gets to it";
        return $"Next comes the stage {stage}, {when}{Because(item)}{Counted(item)}";
    }

    private static string Because(Item item) =>
        item.Reason is { Length: > 0 } reason ? $", because: {Words.Sentence(reason)}" : ".";

    private static string Counted(Item item)
    {
        List<string> counts = [];
        if (item.Tries > 0)
            counts.Add($"went wrong {Times(item.Tries)}");
        if (item.Waits > 0)
            counts.Add($"had to wait {Times(item.Waits)}");
        return counts.Count == 0 ? "" : $" This stage {string.Join(" and ", counts)} so far.";
    }

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
