using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>Reads all clips of a window, however Twitch deals them out.</summary>
internal sealed class ClipReader(HelixClient helix)
{
    // So many Twitch shows of one question; whatever lies behind needs a narrower one.
    private const int MostOfOneQuestion = 1000;
    private static readonly TimeSpan Narrowest = TimeSpan.FromMinutes(30);

    /// <param name="broadcasterId">Whose clips.</param>
    /// <param name="window">When they were made.</param>
    /// <param name="clips">Takes them, by id.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task ReadAsync(
        string broadcasterId,
        ClipWindow window,
        Dictionary<string, HelixClip> clips,
        CancellationToken cancel
    )
    {
        if (await PagesAsync(broadcasterId, window, clips, cancel) < MostOfOneQuestion || window.Width <= Narrowest)
            return;
        foreach (var half in window.Halves())
            await ReadAsync(broadcasterId, half, clips, cancel);
    }

    /// <returns>How many clips the window showed.</returns>
    private async Task<int> PagesAsync(
        string broadcasterId,
        ClipWindow window,
        Dictionary<string, HelixClip> clips,
        CancellationToken cancel
    )
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        while (true)
        {
            var page = await helix.ClipsAsync(broadcasterId, window, cursor, cancel);
            var isNew = false;
            foreach (var clip in page.Data)
            {
                isNew |= shown.Add(clip.Id);
                clips[clip.Id] = clip;
            }
            // A short page is not the end; but behind the last clip old ones may come back for ever, with new cursors.
            if (page.Cursor is null || page.Cursor == cursor || !isNew)
                return shown.Count;
            cursor = page.Cursor;
        }
    }
}
