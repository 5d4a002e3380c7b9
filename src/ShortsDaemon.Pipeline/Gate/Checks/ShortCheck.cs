using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Pipeline.Gate.Checks;

/// <summary>Something that every finished Short must satisfy. One check per file; a new one adds its line in <see cref="ShortChecks"/>.</summary>
internal abstract class ShortCheck
{
    public string Name => GetType().Name;

    /// <summary>The reason of a refusal for programs: never changes, whatever the class is called.</summary>
    public abstract string Code { get; }

    public abstract Finding Look(GateInput input);
}

/// <param name="Passed">The Short may ship.</param>
/// <param name="Text">What was measured, with units, and what is allowed.</param>
internal sealed record Finding(bool Passed, string Text)
{
    public static Finding Of(bool passed, FormattableString text) => new(passed, FormattableString.Invariant(text));
}

/// <summary>What the checks look at.</summary>
/// <param name="File">Measurements of the finished file.</param>
/// <param name="Source">Loudness of the recording it was made from.</param>
/// <param name="TargetLufs">Wanted loudness.</param>
internal sealed record GateInput(FinishedFile File, Loudness Source, double TargetLufs)
{
    public VideoStream Picture => File.Info.RequirePicture();
    public double Seconds => File.Length.TotalSeconds;

    /// <summary>How large it may be; null: as large as it likes.</summary>
    public SizeLimit? Limit { get; init; }
}

internal static class ShortChecks
{
    public static IReadOnlyList<ShortCheck> All { get; } =
    [
        new DurationCheck(),
        new FrameCheck(),
        new InterlacedCheck(),
        new ColourCheck(),
        new SoundTrackCheck(),
        new LengthDifferenceCheck(),
        new SoundOffsetCheck(),
        new SizeCheck(),
        new FastStartCheck(),
        new DecodeCheck(),
        new FirstFrameCheck(),
        new BlackFramesCheck(),
        new FrozenPictureCheck(),
        new SilenceCheck(),
        new MutedSegmentCheck(),
        new LoudnessCheck(),
        new TruePeakCheck(),
    ];
}
