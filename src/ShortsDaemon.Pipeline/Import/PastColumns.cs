namespace ShortsDaemon.Pipeline.Import;

/// <summary>What the columns of an older tool hold, as far as their names tell.</summary>
public sealed record PastColumns
{
    private static readonly string[] ClipNames =
    [
        .. (string[])["clipid", "clipslug", "slug", "twitchclipid", "twitchid", "externalid", "clip", "id"],
    ];
    private static readonly string[] UrlNames =
    [
        .. (string[])["clipurl", "twitchurl", "sourceurl", "url", "link", "youtubeurl", "videourl", "shorturl"],
    ];
    private static readonly string[] TitleNames = ["title", "cliptitle", "videotitle", "youtubetitle", "name"];
    private static readonly string[] VideoNames =
    [
        .. (string[])["youtubeid", "youtubevideoid", "ytid", "ytvideoid", "remoteid", "uploadid", "videoid"],
    ];
    private static readonly string[] TimeNames =
    [
        .. (string[])
            ["postedat", "publishedat", "uploadedat", "posted", "published", "uploaded", "postedon", "uploaddate"],
        .. (string[])["date", "timestamp", "time"],
    ];
    private static readonly string[] StatusNames = ["status", "state", "isposted", "isuploaded", "success"];

    public int? Clip { get; private init; }

    /// <summary>Addresses, of clips or of videos.</summary>
    public IReadOnlyList<int> Urls { get; private init; } = [];
    public int? Title { get; private init; }
    public int? Video { get; private init; }
    public int? PostedAt { get; private init; }
    public int? Status { get; private init; }

    /// <summary>What is understood, with its column.</summary>
    public IReadOnlyList<(string Meaning, string Column)> Understood { get; private init; } = [];

    public IReadOnlyList<string> NotUsed { get; private init; } = [];

    /// <summary>A clip can be recognised by it.</summary>
    public bool IsEnough => Clip is not null || Urls.Count > 0 || Title is not null;

    /// <summary>The plain name id: in most tables a number, in some the clip itself.</summary>
    public bool IsClipUnsure { get; private init; }

    public static PastColumns Of(IReadOnlyList<string> columns)
    {
        var names = columns.Select(Plain).ToList();
        int? Find(string[] known) =>
            known.Select(n => names.IndexOf(n)).Where(i => i >= 0).Cast<int?>().FirstOrDefault();
        var urls = UrlNames.Select(n => names.IndexOf(n)).Where(i => i >= 0).ToList();
        var (clip, title, video) = (Find(ClipNames), Find(TitleNames), Find(VideoNames));
        var (time, status) = (Find(TimeNames), Find(StatusNames));
        (string Meaning, int? Column)[] found =
        [
            ("clip id", clip),
            .. urls.Select(i => ("address", (int?)i)),
            ("title", title),
            ("video id", video),
            ("posted at", time),
            ("status", status),
        ];
        return new PastColumns
        {
            Clip = clip,
            Urls = urls,
            Title = title,
            Video = video,
            PostedAt = time,
            Status = status,
            IsClipUnsure = clip is { } c && names[c] == "id",
            Understood = [.. found.Where(f => f.Column is not null).Select(f => (f.Meaning, columns[f.Column!.Value]))],
            NotUsed = [.. columns.Where((_, i) => !found.Any(f => f.Column == i))],
        };
    }

    // clip_id, Clip ID and clipId are one name.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
