using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Where an item comes from and what is known of its recording.</summary>
internal static class FoundWords
{
    public static string Tell(Item item, ChannelClock clock)
    {
        var place = $"'{Words.OneLine(item.Location)}'";
        var size = item.SizeBytes > 0 ? $" and is {Words.Size(item.SizeBytes)} large" : "";
        return $"Channel '{item.Channel}' found it at {clock.Say(item.DiscoveredAt)} in the source {Words.OneLine(item.Source)}, as {place}. "
            + $"It was recorded at {clock.Say(item.RecordedAt)}{size}. {Facts(item)}{Clip(item)}";
    }

    private static string Clip(Item item)
    {
        if (item.Origin is not { } clip)
            return "";
        var maker = clip.Creator.Length > 0 ? $" by {Words.OneLine(clip.Creator)}" : "";
        var game = clip.Game.Length > 0 ? $" while playing {Words.OneLine(clip.Game)}" : "";
        var place = clip is { VideoId.Length: > 0, VodOffsetSeconds: { } offset }
            ? $", {offset} s into the recording {Words.OneLine(clip.VideoId)}"
            : "";
        return $" It is a clip of {Words.OneLine(clip.Broadcaster)}{maker}{game}{place}, with {clip.Views} views when it was last listed.";
    }

    private static string Facts(Item item) =>
        item switch
        {
            { IsRefused: true } =>
                $"It can never become a Short: {Words.Sentence(item.Trouble ?? "no reason was kept")}",
            { Facts: { IsPictureKnown: false } facts } =>
                $"It lasts {facts.LengthSeconds:0.#} s; its picture and sound are not known before the download.",
            { Facts: { } facts } =>
                $"It lasts {facts.LengthSeconds:0.#} s, shows {facts.Width}×{facts.Height} px and has {(facts.HasSound ? "sound" : "no sound")}.",
            { Trouble: { } trouble } => $"It could not be looked at so far: {Words.Sentence(trouble)}",
            _ => "It has not been looked at yet.",
        };
}
