using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>How a Short was made and what the gate found.</summary>
internal static class RenditionWords
{
    private const double NoSoundLufs = -70;

    public static string Tell(Rendition rendition, ChannelClock clock) =>
        $"{Made(rendition, clock)} {Gate(rendition)}{Quality(rendition)}";

    /// <summary>Layout, encoder, length, and what became of picture and sound.</summary>
    public static string Made(Rendition rendition, ChannelClock clock) =>
        $"A Short was made at {clock.Say(rendition.MadeAt)} in the layout {rendition.Layout} by {rendition.Encoder}: "
        + $"{rendition.LengthSeconds:0.#} s at {rendition.FrameRate:0.##} frames per second, encoded in {rendition.EncodeSeconds:0.0} s. "
        + $"{Cut(rendition)}{Sound(rendition)}";

    private static string Cut(Rendition rendition) => rendition.Cut is { } cut ? Words.Sentence(cut) + " " : "";

    private static string Quality(Rendition rendition)
    {
        if (QualityScore.Of(rendition.Quality) is not { } score)
            return "";
        var parts = rendition.Quality.Select(part =>
            $"  - {Words.Plain(part.Name, "")} {part.Points:0}: {Words.Sentence(part.Finding)}"
        );
        return $"\nIts quality is {score.Total:0} of 100 (picture {Points(score.Visual)}, content {Points(score.Content)}, technique {Points(score.Technical)}):\n{string.Join('\n', parts)}";
    }

    private static string Points(double? points) => points is { } known ? $"{known:0}" : "not measured";

    private static string Sound(Rendition rendition)
    {
        if (rendition.SourceLufs <= NoSoundLufs)
            return "The recording has no sound, so the Short is silent.";
        var silent =
            rendition.SourceSilentSeconds > 0 ? $", silent for {rendition.SourceSilentSeconds:0.#} s of it" : "";
        return $"The recording had {rendition.SourceLufs:0.0} LUFS{silent}; its level was changed by {rendition.GainDb:+0.0;-0.0;0.0} dB.";
    }

    private static string Gate(Rendition rendition)
    {
        if (rendition.Checks.Count == 0)
            return "The gate has not looked at it yet.";
        var failed = rendition.Checks.Count(check => !check.Passed);
        var verdict =
            failed == 0
                ? $"all {rendition.Checks.Count} checks passed"
                : $"{failed} of {rendition.Checks.Count} checks failed";
        var findings = rendition.Checks.Select(Tell);
        return $"At the gate {verdict}{Hash(rendition)}:\n{string.Join('\n', findings)}";
    }

    private static string Hash(Rendition rendition) =>
        rendition.Sha256 is { } hash ? $" ({Words.Size(rendition.SizeBytes)}, SHA-256 {hash})" : "";

    private static string Tell(CheckResult check) =>
        $"  - {Words.Plain(check.Check, "Check")} {(check.Passed ? "passed" : "FAILED")}: {Words.Sentence(check.Finding)}";
}
