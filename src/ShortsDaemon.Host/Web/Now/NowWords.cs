using System.Globalization;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Now;

/// <summary>What the first page says in words and signs: nothing is told by colour alone.</summary>
internal static class NowWords
{
    public static string Doing(ItemState stage) =>
        stage switch
        {
            ItemState.Download => "downloading",
            ItemState.Render => "rendering",
            ItemState.Gate => "being checked",
            ItemState.Publish => "publishing",
            _ => stage.ToString(),
        };

    public static string Whole(double percent) => percent.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>For instance "62 %, 1.4× as fast as it plays, 0.3 s left".</summary>
    public static string Tell(EncodeProgress progress)
    {
        var speed = progress.Speed is { } times
            ? FormattableString.Invariant($", {times:0.0}× as fast as it plays")
            : "";
        var left = progress.Left is { } time ? $", {Words.Duration(time)} left" : "";
        return $"{Whole(progress.Percent)} %{speed}{left}";
    }

    public static string Tell(IReadOnlyList<FireHour> day)
    {
        var (kept, late, missed) = (day.Sum(h => h.Kept), day.Sum(h => h.Late), day.Sum(h => h.Missed));
        var due = (kept + late + missed) switch
        {
            0 => "Nothing was due",
            1 => "1 time was due",
            var times => $"{times} times were due",
        };
        return $"{due}: {kept} kept, {late} late, {missed} missed.";
    }

    public static string Tell(FireHour hour) =>
        $"{hour.From.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC: {hour.Kept} kept, {hour.Late} late, {hour.Missed} missed";

    public static string Kind(FireHour hour) =>
        hour switch
        {
            { Missed: > 0 } => "missed",
            { Late: > 0 } => "late",
            { Kept: > 0 } => "kept",
            _ => "none",
        };

    public static string Sign(FireHour hour) =>
        Kind(hour) switch
        {
            "missed" => "✗",
            "late" => "~",
            "kept" => "✓",
            _ => "·",
        };
}
