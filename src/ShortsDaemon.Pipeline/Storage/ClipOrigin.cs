namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Where a clip of a stream comes from, as the platform tells it. Ids are the platform's, always text.</summary>
public sealed record ClipOrigin
{
    public required string BroadcasterId { get; set; }

    /// <summary>Display name.</summary>
    public required string Broadcaster { get; set; }

    /// <summary>Display name of the viewer who made the clip.</summary>
    public string Creator { get; set; } = "";
    public string GameId { get; set; } = "";

    /// <summary>Name of the game or category; empty when the platform does not tell.</summary>
    public string Game { get; set; } = "";

    /// <summary>The recording of the stream; empty until it exists and again once it is deleted.</summary>
    public string VideoId { get; set; } = "";

    /// <summary>Where in that recording the clip begins, in s; null as long as there is none.</summary>
    public int? VodOffsetSeconds { get; set; }

    /// <summary>Views when it was last seen in a listing.</summary>
    public int Views { get; set; }

    /// <summary>Language of the stream, for instance en.</summary>
    public string Language { get; set; } = "";

    /// <summary>The page of the clip.</summary>
    public string Url { get; set; } = "";
}
