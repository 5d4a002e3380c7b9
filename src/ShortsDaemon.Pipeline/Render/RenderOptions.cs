using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>How the Short looks and sounds.</summary>
public sealed class RenderOptions
{
    public LayoutName Layout { get; init; } = LayoutName.BlurredBackdrop;

    /// <summary>Highest frame rate; a faster source is halved, a slower one keeps its own.</summary>
    [Range(24, 60)]
    public int MaxFrameRate { get; init; } = 60;

    /// <summary>Integrated loudness in LUFS.</summary>
    [Range(-30, -9)]
    public double LoudnessLufs { get; init; } = -14;
}
