namespace ShortsDaemon.Pipeline.Render;

/// <summary>One Short to prepare.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Folder">Exists; takes what is needed on the way.</param>
/// <param name="Render">What the owner wants.</param>
/// <param name="Words">What the names in templates stand for.</param>
public sealed record ShortOrder(string Source, string Folder, RenderOptions Render, Func<string, string> Words)
{
    /// <summary>Where the recording lay; a transcript may lie beside it. Null: nowhere on this machine.</summary>
    public string? Original { get; init; }

    /// <summary>How often this has waited already.</summary>
    public int Waits { get; init; }

    /// <summary>Threads of what looks at the recording; 0: as many as ffmpeg likes.</summary>
    public int Threads { get; init; }

    /// <summary>Draws the platforms' masks as well.</summary>
    public bool ShowZones { get; init; }
}
