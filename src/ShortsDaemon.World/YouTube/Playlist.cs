namespace ShortsDaemon.World.YouTube;

/// <summary>A playlist that somebody made.</summary>
internal sealed class Playlist(string id, Channel channel, string title)
{
    public string Id => id;
    public Channel Channel => channel;
    public string Title => title;

    /// <summary>In order; the same video can be there twice.</summary>
    public List<PlaylistEntry> Entries { get; } = [];
}

/// <param name="Id">Of the entry, not of the video.</param>
/// <param name="Video">What it shows.</param>
/// <param name="At">When it was added.</param>
internal sealed record PlaylistEntry(string Id, Video Video, DateTimeOffset At);
