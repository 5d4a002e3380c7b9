using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>What is to be written with a Short, when it is to appear and what keeps it.</summary>
internal static class PostWords
{
    public static string Tell(ItemStory story, ChannelClock clock) =>
        string.Join(
            "\n\n",
            story.Previews.Select(preview => Tell(preview, Promise(story, preview), story.Item, clock))
        );

    private static Publication? Promise(ItemStory story, PostPreview preview) =>
        story.Publications.FirstOrDefault(p => p.Destination == preview.Destination);

    private static string Tell(PostPreview preview, Publication? promise, Item item, ChannelClock clock)
    {
        if (promise?.PublishedAt is not null)
            return "";
        List<string> lines = [$"At {preview.Destination} it is to be called '{preview.Text.Title}'."];
        if (preview.Text.Description.Length > 0)
            lines.Add("  Description: " + preview.Text.Description.Replace("\n", "\n    ", StringComparison.Ordinal));
        if (preview.Text.Tags.Count > 0)
            lines.Add("  Tags: " + string.Join(", ", preview.Text.Tags));
        lines.Add("  " + Slot(promise, item, clock));
        lines.AddRange(preview.Holds.Select(hold => "  " + Held(hold, clock)));
        return string.Join('\n', lines);
    }

    private static string Slot(Publication? promise, Item item, ChannelClock clock) =>
        promise?.SlotAt is { } slot ? $"Its slot is {clock.Say(slot)}{Hurried(item)}."
        : item.HurriedAt is null ? "It has no slot yet; it takes one when it is made."
        : $"It waits for no slot{Hurried(item)}.";

    private static string Hurried(Item item) =>
        item.HurriedAt is null ? "" : ", as somebody asked to publish it at once";

    private static string Held(Hold hold, ChannelClock clock)
    {
        var until = hold.Until is { } end
            ? $"until {clock.Say(end)}"
            : $"until it is mended or `holds release {hold.Scope}`";
        return $"Nothing goes there now: {hold.Scope} is held {until}: {Words.Sentence(hold.Reason)}";
    }
}
