namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Which other items have the same content.</summary>
internal static class DuplicateWords
{
    public static string Tell(ItemStory story)
    {
        if (story.Item.DuplicateOf is { } first)
            return $"It has the same content as item {first}{Title(story)}, which was taken first: see `explain {first}`.";
        return story.Duplicates.Count switch
        {
            0 => "",
            1 => $"Item {story.Duplicates[0].Id} had the same content and was rejected as its duplicate.",
            _ =>
                $"Items {string.Join(", ", story.Duplicates.Select(item => item.Id))} had the same content and were rejected as its duplicates.",
        };
    }

    private static string Title(ItemStory story) => story.First is { } first ? $", '{Words.OneLine(first.Title)}'" : "";
}
