using System.Globalization;
using System.Text;

namespace ShortsDaemon.World.Twitch;

/// <param name="Clips">What the page shows.</param>
/// <param name="Next">Cursor of the next page; null: there is none.</param>
internal sealed record ClipPage(IReadOnlyList<TwitchClip> Clips, string? Next)
{
    public static ClipPage Of(IReadOnlyList<TwitchClip> clips, int offset, int first, TwitchSwitches switches)
    {
        var seen = clips.Take(switches.ClipCap).ToList();
        var capped = clips.Count > switches.ClipCap;
        if (offset >= seen.Count && !(capped && switches.RepeatAfterCap))
            return new([], null);
        if (offset >= seen.Count)
            return new(Old(seen, offset, first), Cursor(offset + first));
        var page = seen.Skip(offset).Take(first).ToList();
        if (switches.PagesOverlap && offset > 0)
            page[0] = seen[offset - 1];
        var more = offset + first < seen.Count || (capped && switches.RepeatAfterCap);
        return new(page, more ? Cursor(offset + first) : null);
    }

    /// <summary>Opaque to the caller: whoever takes it apart builds on sand.</summary>
    public static bool TryOffset(string? cursor, out int offset)
    {
        offset = 0;
        if (string.IsNullOrEmpty(cursor))
            return true;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var count)
            && Encoding.ASCII.GetString(bytes, 0, count).Split(':') is ["after", var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out offset);
    }

    private static string Cursor(int offset) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"after:{offset}")));

    private static List<TwitchClip> Old(List<TwitchClip> seen, int offset, int first) =>
        [.. Enumerable.Range(offset, Math.Min(first, seen.Count)).Select(index => seen[index % seen.Count])];
}
