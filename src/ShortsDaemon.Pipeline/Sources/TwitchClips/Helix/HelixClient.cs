using System.Globalization;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>The questions to Helix that we have. Ids are text; what Twitch does not know is left out of the answer.</summary>
public sealed class HelixClient(HelixWire wire)
{
    /// <summary>Most ids, logins or names in one question.</summary>
    internal const int MostAtOnce = 100;

    private const double DownloadsPerMinute = 100;

    /// <summary>People by id or login, at most <see cref="MostAtOnce"/> in all.</summary>
    internal async Task<IReadOnlyList<HelixUser>> UsersAsync(
        IEnumerable<string> ids,
        IEnumerable<string> logins,
        CancellationToken cancel
    )
    {
        var request = new HelixRequest("users", [.. List("id", ids), .. List("login", logins)]);
        return (await wire.GetAsync<HelixUser>(request, cancel)).Data;
    }

    /// <summary>Games by id, at most <see cref="MostAtOnce"/>.</summary>
    internal async Task<IReadOnlyList<HelixGame>> GamesAsync(IEnumerable<string> ids, CancellationToken cancel) =>
        (await wire.GetAsync<HelixGame>(new HelixRequest("games", [.. List("id", ids)]), cancel)).Data;

    /// <summary>Clips by id, at most <see cref="MostAtOnce"/>; deleted ones are missing.</summary>
    internal async Task<IReadOnlyList<HelixClip>> ClipsAsync(IEnumerable<string> ids, CancellationToken cancel)
    {
        var request = new HelixRequest("clips", [.. List("id", ids), ("first", Text(MostAtOnce))]);
        return (await wire.GetAsync<HelixClip>(request, cancel)).Data;
    }

    /// <summary>One page of a broadcaster's clips of a time, those with most views first.</summary>
    /// <param name="broadcasterId">Whose clips.</param>
    /// <param name="window">When they were made; Twitch ignores the seconds.</param>
    /// <param name="cursor">Where to go on; null: at the beginning. There is no way back.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task<HelixPage<HelixClip>> ClipsAsync(
        string broadcasterId,
        ClipWindow window,
        string? cursor,
        CancellationToken cancel
    )
    {
        List<(string, string)> parameters =
        [
            ("broadcaster_id", broadcasterId),
            ("started_at", Text(window.From)),
            ("ended_at", Text(window.To)),
            ("first", Text(MostAtOnce)),
        ];
        if (cursor is not null)
            parameters.Add(("after", cursor));
        return wire.GetAsync<HelixClip>(new HelixRequest("clips", parameters), cancel);
    }

    /// <summary>Where the file of a clip can be had, for a short time and by anybody: neither keep nor log it.</summary>
    /// <param name="clipId">Which clip.</param>
    /// <param name="broadcasterId">Whose channel it is from.</param>
    /// <param name="account">Account that owns or edits that channel.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null: there is no such clip, or it has no file for download.</returns>
    /// <exception cref="HelixException">403: the account does not edit that channel.</exception>
    public async Task<Uri?> DownloadAsync(string clipId, string broadcasterId, string account, CancellationToken cancel)
    {
        var request = new HelixRequest("clips/downloads", [("broadcaster_id", broadcasterId), ("clip_id", clipId)])
        {
            Account = account,
            OwnerParameter = "editor_id",
            OwnLimit = DownloadsPerMinute,
        };
        var page = await wire.GetAsync<HelixDownload>(request, cancel);
        var address = page.Data.FirstOrDefault(file => file.ClipId == clipId)?.LandscapeDownloadUrl;
        return string.IsNullOrEmpty(address) ? null : new Uri(address);
    }

    private static IEnumerable<(string, string)> List(string name, IEnumerable<string> values) =>
        values.Select(value => (name, value));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
