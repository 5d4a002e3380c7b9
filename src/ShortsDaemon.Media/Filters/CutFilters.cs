using System.Globalization;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;

namespace ShortsDaemon.Media.Filters;

/// <summary>Takes a part of a recording. By the filters' own clock, which is exact in every container, unlike seeking.</summary>
internal static class CutFilters
{
    private const double FadeIn = 0.04;
    private const double FadeOut = 0.25;

    /// <returns>To stand in front of other filters of the picture; empty when all of it is shown.</returns>
    public static string Picture(Cut? cut) => cut is null ? "" : $"trim={Range(cut)},setpts=PTS-{Start(cut)}/TB,";

    /// <returns>To stand in front of other filters of the sound; empty when all of it is heard.</returns>
    public static string Sound(Cut? cut) => cut is null ? "" : $"atrim={Range(cut)},asetpts=PTS-{Start(cut)}/TB,";

    /// <returns>Soft beginnings and ends where sound was cut, to stand behind other filters; empty where nothing was.</returns>
    public static string Fades(ShortPlan plan) => plan.LoopFrames > 0 ? "" : FadesOfCut(plan);

    private static string FadesOfCut(ShortPlan plan) =>
        (plan.Cut is { StartsLate: true } ? $",afade=t=in:d={Text(FadeIn)}" : "")
        + (
            plan.Cut is { EndsEarly: true }
                ? $",afade=t=out:st={Text(Math.Max(0, plan.Length.TotalSeconds - FadeOut))}:d={Text(FadeOut)}"
                : ""
        );

    private static string Range(Cut cut) => $"start={Start(cut)}:end={Text(cut.To.TotalSeconds)}";

    private static string Start(Cut cut) => Text(cut.From.TotalSeconds);

    private static string Text(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
