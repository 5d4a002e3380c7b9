using System.Globalization;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Commands;

namespace ShortsDaemon.Media.Filters;

/// <summary>The one filter graph of a Short: outputs [picture], [thumbnail], [wide] and [sound].</summary>
internal static class ShortGraph
{
    private const string Tags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";

    private const string Jpeg = "scale=out_range=pc,format=yuvj420p";

    // The most typical of a few frames spread over the clip: rarely black, never in the middle of a fade.
    private const int ThumbnailCandidates = 8;

    public static string For(ShortPlan plan) => $"{Picture(plan)};{SoundOf(plan)}";

    /// <summary>[sound] alone.</summary>
    public static string SoundOf(ShortPlan plan) =>
        plan.Mix.IsEmpty
            ? $"[1:a]{Sound.PadTo(plan.Length)}[sound]"
            : $"{plan.Mix.Filters()},{Sound.Level(plan.GainDb)}{CutFilters.Fades(plan)},{Sound.PadTo(plan.Length)}[sound]";

    private static string Picture(ShortPlan plan)
    {
        var source = plan.Picture;
        var size = SourcePicture.SizeOf(source);
        var upright = string.Join(',', SourcePicture.Filters(source, plan.Rate));
        var layout = plan.Layout.Filters(size);
        var standard = string.Join(',', [.. SourcePicture.ToBt709(source), "setsar=1", "format=yuv420p", Tags]);
        return $"[0:{source.Index}]{CutFilters.Picture(plan.Cut)}{upright},split=3[recorded][opening][scenes];"
            + $"[recorded]{layout},{standard},split=3[frames][start][candidates];"
            + $"[frames]{Loop(plan)}{Overlay(plan)}{plan.Encoder.FilterTail}[picture];"
            + $"{Thumbnail(plan, "start", "candidates")}{Text(plan, OverlayFiles.ThumbnailName)}{Jpeg}[thumbnail];"
            + $"{Thumbnail(plan, "opening", "scenes")}{WidePicture.Filters(size)},{standard},{Text(plan, OverlayFiles.WideThumbnailName)}{Jpeg}[wide]";
    }

    // Before any text: it keeps its time and is never seen twice.
    private static string Loop(ShortPlan plan) => plan.Loop is { } loop ? $"{loop.Picture()}," : "";

    // Fixed names: the folder of the files is the working directory, and nobody's text stands in the graph.
    private static string Overlay(ShortPlan plan) => plan.HasOverlay ? Drawn(OverlayFiles.ScriptName) : "";

    private static string Text(ShortPlan plan, string script) => plan.HasThumbnailText ? Drawn(script) : "";

    private static string Drawn(string script) => $"ass={script}:fontsdir={OverlayFiles.FontFolder},";

    // The first frame comes at once and is overwritten by the best one at the end: ffmpeg reports no progress until every
    // output has had a frame. Not fps: stacked pictures have no duration, and of a single one fps would keep nothing.
    private static string Thumbnail(ShortPlan plan, string opening, string candidates)
    {
        var chosen = plan.ThumbnailAt is { } at ? Chosen(at + plan.Crossing) : Typical(plan.Length);
        return $"[{opening}]trim=end_frame=1[{opening}1];[{candidates}]{chosen}[{candidates}1];"
            + $"[{opening}1][{candidates}1]concat,setpts=N/(FRAME_RATE*TB),";
    }

    private static string Chosen(TimeSpan at) =>
        string.Create(CultureInfo.InvariantCulture, $"trim=start={at.TotalSeconds:0.######},trim=end_frame=1");

    private static string Typical(TimeSpan length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{length.TotalSeconds / ThumbnailCandidates:0.######})',thumbnail={ThumbnailCandidates}"
        );
}
