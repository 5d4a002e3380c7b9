using System.Globalization;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Fills the templates of hook and credit line.</summary>
public static class OverlayWords
{
    /// <returns>What each name in braces stands for.</returns>
    public static Func<string, string> Of(Item item) =>
        name =>
            name switch
            {
                "title" => item.Title,
                "broadcaster" => item.Origin?.Broadcaster ?? "",
                "game" => item.Origin?.Game ?? "",
                "creator" => item.Origin?.Creator ?? "",
                "url" => item.Origin?.Url ?? "",
                "date" => item.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "channel" => item.Channel,
                _ => "",
            };

    /// <returns>One line; empty when it has names and nothing is known for any of them.</returns>
    internal static string Fill(string template, Func<string, string> words)
    {
        var (asks, knows) = (false, false);
        var text = PostTemplate
            .Of(template)
            .Fill(name =>
            {
                var word = words(name);
                (asks, knows) = (true, knows || word.Length > 0);
                return word;
            });
        return asks && !knows ? "" : CleanText.Line(text);
    }
}
