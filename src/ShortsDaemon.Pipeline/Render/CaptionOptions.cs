using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Render.Transcribers;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>What is said, word by word in the picture.</summary>
public sealed record CaptionOptions
{
    /// <summary>Where they come from; a transcript that lies beside the recording always comes first.</summary>
    public TranscriberName Transcriber { get; init; } = TranscriberName.Sidecar;

    public CaptionStyleName Style { get; init; } = CaptionStyleName.BoldPop;

    /// <summary>Most words at once.</summary>
    [Range(1, 4)]
    public int MaxWords { get; init; } = 3;

    /// <summary>Language that is spoken, for instance en; empty: the recogniser finds out.</summary>
    public string Language { get; init; } = "";

    /// <summary>
    /// File with words of which only the first letter is shown, one on each line; with a star behind it, all that begin so.
    /// </summary>
    [RelativePath(PathBase.DeclaringFile)]
    public string MaskFile { get; init; } = "";
}
