namespace ShortsDaemon.World.YouTube;

/// <summary>One caption track of a video.</summary>
/// <param name="Id">Twenty characters.</param>
/// <param name="Language">For instance en.</param>
/// <param name="Name">May be empty.</param>
/// <param name="Kind">standard: somebody sent it; asr: YouTube heard it by itself.</param>
/// <param name="Text">The file, which is UTF-8.</param>
public sealed record YouTubeCaptions(string Id, string Language, string Name, string Kind, string Text)
{
    /// <summary>What has no times cannot be shown: taken, but failed.</summary>
    public bool IsServed => Text.Contains("-->", StringComparison.Ordinal);
}
