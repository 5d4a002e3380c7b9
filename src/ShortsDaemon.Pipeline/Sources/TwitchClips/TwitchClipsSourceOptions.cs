using System.ComponentModel.DataAnnotations;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>Clips that viewers made of a broadcaster's streams.</summary>
public sealed class TwitchClipsSourceOptions : SourceOptions
{
    /// <summary>The broadcaster's login; followed when it is renamed.</summary>
    [Required]
    public string Login { get; init; } = "";

    /// <summary>How far back clips are looked for, in hours.</summary>
    [Range(1, 720)]
    public double LookBackHours { get; init; } = 72;

    /// <summary>
    /// Account (see `auth twitch`) that owns or edits the channel: clips then come by the official download. Empty: by yt-dlp.
    /// </summary>
    public string Account { get; init; } = "";
}
