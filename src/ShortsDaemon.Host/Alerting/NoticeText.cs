using System.Globalization;
using System.Text;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>A notice in words, as many of them as a receiver takes.</summary>
internal static class NoticeText
{
    private static readonly TextLimit OneMessage = new(600, TextUnit.Utf16);

    /// <param name="notice">What to say.</param>
    /// <param name="most">Longest text, in what <paramref name="size"/> counts.</param>
    /// <param name="size">Length of a piece as the receiver counts it; null: in UTF-16 units.</param>
    /// <returns>An entry for each alert; of what does not fit, the number.</returns>
    public static string Body(Notice notice, int most, Func<string, int>? size = null)
    {
        size ??= text => text.Length;
        var parts = notice.Entries.Select(Say).ToList();
        for (var kept = parts.Count; kept > 0; kept--)
        {
            var text = string.Join(
                "\n\n",
                parts.Take(kept).Append(Rest(notice.More + parts.Count - kept)).OfType<string>()
            );
            if (size(text) <= most)
                return text;
        }
        return Rest(notice.Raised + notice.Resolved)!;
    }

    private static string? Rest(int more) => more == 0 ? null : $"{more} more: ShortsDaemon alerts";

    private static string Say(NoticeEntry entry)
    {
        var text = new StringBuilder();
        text.Append(Head(entry)).Append(": ").Append(entry.Rule).Append(" of ").Append(entry.Subject).Append('\n');
        if (entry.News == AlertNews.Raised)
            text.Append(OneMessage.Cut(entry.Message)).Append('\n');
        return text.Append(When(entry)).ToString();
    }

    private static string Head(NoticeEntry entry) =>
        entry.News == AlertNews.Resolved ? "Well again" : entry.Level.ToString();

    private static string When(NoticeEntry entry)
    {
        var since = $"since {Say(entry.RaisedAt)}";
        var until = entry.ResolvedAt is { } end ? $", well again since {Say(end)}" : "";
        return entry.Times > 1 ? $"{since}{until}; it came {entry.Times} times" : since + until;
    }

    private static string Say(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
