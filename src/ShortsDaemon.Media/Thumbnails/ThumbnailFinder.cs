using System.Globalization;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Thumbnails;

/// <summary>Finds the picture that makes the best thumbnail; where a face model is installed, faces count.</summary>
public sealed class ThumbnailFinder(ProcessRunner processes, Func<ToolPaths> tools, FaceModel model)
{
    private const int Candidates = 4;

    // Against about 1 for the sharpest picture of all.
    private const double WorthOfFace = 0.8;
    private const double WorthOfShutEyes = -0.3;
    private const double LargeFace = 0.4;

    private readonly Stills _stills = new(new FFmpeg(processes, tools));

    /// <param name="path">The recording.</param>
    /// <param name="info">What was probed of it.</param>
    /// <param name="sketch">Of the whole recording.</param>
    /// <param name="cut">The part that is shown; null: all of it.</param>
    /// <param name="scratch">Where files may lie meanwhile: a path without ending, in a folder that exists.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when there is nothing to choose from.</returns>
    public async Task<Thumbnail?> FindAsync(
        string path,
        MediaInfo info,
        Sketch sketch,
        Cut? cut,
        string scratch,
        CancellationToken cancel
    )
    {
        var moments = ThumbnailMoments.Best(sketch, cut, Candidates);
        if (moments is [])
            return null;
        if (model.Open().Finder is not { } faces)
            return new Thumbnail(moments[0].At);
        var start = cut?.From ?? TimeSpan.Zero;
        try
        {
            TimeSpan[] times = [.. moments.Select(moment => start + moment.At)];
            var stills = await _stills.TakeAsync(path, info.RequirePicture(), times, scratch, cancel);
            var eyes = model.OpenEyes();
            return Choose(moments, [.. stills.Select(s => s is null ? null : Portrait.Of(s, faces, eyes))]);
        }
        catch (Exception e) when (e is RefusedMediaException or ProcessFailedException)
        {
            return new Thumbnail(moments[0].At) { Reason = $"no faces were looked for in the thumbnail: {e.Message}" };
        }
    }

    /// <param name="moments">The best first, without a look at faces.</param>
    /// <param name="portraits">The faces of each; null: none.</param>
    internal static Thumbnail Choose(IReadOnlyList<ThumbnailMoment> moments, IReadOnlyList<Portrait?> portraits)
    {
        var sharpest = Math.Max(1, portraits.Max(portrait => portrait?.Sharpness ?? 0));
        // Eyes that are never seen are behind glasses or hair.
        var areSeen = portraits.Any(portrait => portrait?.EyesOpen == true);
        var best = Enumerable.Range(0, moments.Count).MaxBy(i => moments[i].Score + Worth(portraits[i]));
        return new Thumbnail(moments[best].At)
        {
            Faces = portraits[best]?.Faces ?? [],
            Reason = best == 0 ? null : Tell(moments, best, Why(portraits[0], portraits[best])),
        };

        double Worth(Portrait? portrait) =>
            portrait is null ? 0
            : areSeen && portrait.EyesOpen == false ? WorthOfShutEyes
            : WorthOfFace * Math.Min(1, portrait.Height / LargeFace) * portrait.Sharpness / sharpest;
    }

    private static string Tell(IReadOnlyList<ThumbnailMoment> moments, int best, string why) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"thumbnail from {moments[best].At.TotalSeconds:0.0} s and not from {moments[0].At.TotalSeconds:0.0} s: {why}"
        );

    private static string Why(Portrait? first, Portrait? chosen) =>
        (first, chosen) switch
        {
            (null, _) => "a face is seen",
            (_, null) => "no eyes are shut",
            ({ EyesOpen: false }, { EyesOpen: not false }) => "the eyes are open",
            _ => "the face is larger or sharper",
        };
}

/// <summary>The picture of a Short that becomes its thumbnail.</summary>
/// <param name="At">Time from the beginning of the Short.</param>
public sealed record Thumbnail(TimeSpan At)
{
    /// <summary>Where faces are in the recording's picture.</summary>
    public IReadOnlyList<Region> Faces { get; init; } = [];

    /// <summary>Why it is another one than without a look at faces, in words; null: it is not.</summary>
    public string? Reason { get; init; }
}
