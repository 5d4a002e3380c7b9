using System.Globalization;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Sketches;

namespace ShortsDaemon.Media.Thumbnails;

/// <summary>Finds the picture that makes the best thumbnail; where a face model is installed, faces count.</summary>
public sealed class ThumbnailFinder(FaceModel model)
{
    private const int Candidates = 4;

    // Against about 1 for the sharpest picture of all.
    private const double WorthOfFace = 0.8;
    private const double WorthOfShutEyes = -0.3;
    private const double LargeFace = 0.4;

    /// <param name="sketch">Of the whole recording; its stills are looked at for faces.</param>
    /// <param name="cut">The part that is shown; null: all of it.</param>
    /// <returns>Null when there is nothing to choose from.</returns>
    public Thumbnail? Find(Sketch sketch, Cut? cut)
    {
        if (ThumbnailMoments.Best(sketch, cut, parts: 1) is not [var best])
            return null;
        if (sketch.Stills is [] || model.Open().Finder is not { } faces)
            return new Thumbnail(best.At);
        var eyes = model.OpenEyes();
        var moments = ThumbnailMoments
            .Best(sketch, cut, Candidates, sketch.StillStep)
            .Where(moment => moment.Picture / sketch.StillStep < sketch.Stills.Count)
            .ToList();
        Portrait?[] portraits =
        [
            .. moments.Select(moment => Portrait.Of(sketch.Stills[moment.Picture / sketch.StillStep], faces, eyes)),
        ];
        // Without a face there is no reason to keep to the pictures that were looked at closely.
        return portraits.All(portrait => portrait is null) ? new Thumbnail(best.At) : Choose(moments, portraits);
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
