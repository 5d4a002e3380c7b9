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

    /// <summary>Leaves out black, frozen and silent beginnings and ends, at most 30 % on either side.</summary>
    public bool Trim { get; init; } = true;

    /// <summary>Longest Short in s. Of a longer recording the liveliest part is shown, by sound and motion.</summary>
    [Range(3, 180)]
    public double MaxLengthSeconds { get; init; } = 180;
}
