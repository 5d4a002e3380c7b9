using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>The story of an item in plain words, a paragraph for each part of its walk.</summary>
internal static class StoryText
{
    public static string Tell(ItemStory story, ChannelClock clock, DateTimeOffset now)
    {
        var item = story.Item;
        string[] parts =
        [
            $"Item {item.Id}, '{Words.OneLine(item.Title)}', {Standing(item.State)}. Times are in {clock.Name}.",
            FoundWords.Tell(item, clock),
            DecisionWords.Tell(story.Decisions, clock),
            AttemptWords.Tell(story.Attempts, clock),
            .. story.Renditions.Select(rendition => RenditionWords.Tell(rendition, clock)),
            PublicationWords.Tell(story.Publications, clock),
            PostWords.Tell(story, clock),
            DuplicateWords.Tell(story),
            NextWords.Tell(item, clock, now),
        ];
        return string.Join("\n\n", parts.Where(part => part.Length > 0));
    }

    private static string Standing(ItemState state) =>
        state switch
        {
            ItemState.Candidate => "waits to be selected",
            ItemState.Download => "is selected and about to be downloaded",
            ItemState.Render => "is downloaded and about to be rendered",
            ItemState.Gate => "is rendered and about to be checked",
            ItemState.Review => "has passed every check and waits to be approved",
            ItemState.Publish => "has passed every check and is about to be published",
            ItemState.Published => "is published",
            ItemState.Rejected => "was rejected",
            ItemState.Failed => "was given up",
            ItemState.Expired => "expired",
            _ => $"stands at {state}",
        };
}
