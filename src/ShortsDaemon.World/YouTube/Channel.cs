namespace ShortsDaemon.World.YouTube;

/// <summary>A channel and what it may.</summary>
internal sealed class Channel(string id, string title, string owner)
{
    public string Id => id;
    public string Title => title;

    /// <summary>The Google account.</summary>
    public string Owner => owner;

    public string UploadsPlaylist => "UU" + (id.StartsWith("UC", StringComparison.Ordinal) ? id[2..] : id);

    /// <summary>Videos in 24 hours; null: as many as it likes.</summary>
    public int? Cap { get; set; }

    /// <summary>False: the channel was never verified by phone.</summary>
    public bool MayHaveThumbnails { get; set; } = true;
}
