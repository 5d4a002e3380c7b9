using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Which other items show the same: the same file, or the same moment of a stream.</summary>
internal static class DuplicateWords
{
    public static string Tell(ItemStory story)
    {
        if (story.Item.DuplicateOf is { } first)
            return IsOfContent(story.Item)
                ? $"It has the same content as item {first}{Title(story)}, which was taken first: see `explain {first}`."
                : $"It shows the same as item {first}{Title(story)}, which stands for it: see `explain {first}`.";
        string[] parts =
        [
            List([.. story.Duplicates.Where(IsOfContent)], "had the same content"),
            List([.. story.Duplicates.Where(item => !IsOfContent(item))], "showed the same moment"),
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    // What was never downloaded was told by its place in the stream.
    private static bool IsOfContent(Item item) => item.ContentHash is not null;

    private static string List(IReadOnlyList<Item> items, string what) =>
        items.Count switch
        {
            0 => "",
            1 => $"Item {items[0].Id} {what} and was rejected as its duplicate.",
            _ =>
                $"Items {string.Join(", ", items.Select(item => item.Id))} {what} and were rejected as its duplicates.",
        };

    private static string Title(ItemStory story) => story.First is { } first ? $", '{Words.OneLine(first.Title)}'" : "";
}
