using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Framing;

/// <summary>A few pictures of a recording and what was seen in them.</summary>
internal sealed class Sight(IReadOnlyList<GreyFrame> frames, FaceSighting faces)
{
    // Fewer pictures show no difference between what stays and what moves.
    private const int FewestFrames = 4;
    private const double MostOfTheTime = 0.6;
    private const double NotSmall = 0.12;

    /// <summary>There is no face model.</summary>
    public bool IsBlind { get; init; }

    public string Words => faces.Words;

    /// <summary>It is about somebody: a face, and not a small one, is there most of the time.</summary>
    public bool IsOfSomebody => faces.FaceShare >= MostOfTheTime && HeightOfFaces >= NotSmall;

    public string FaceWords =>
        FormattableString.Invariant($"a face is seen in {100 * faces.FaceShare:0} % of the pictures");

    private double HeightOfFaces =>
        faces.Faces.Select(face => face.Height).Order().ElementAtOrDefault(faces.Faces.Count / 2);

    /// <returns>Facecam and game apart; null: there is no facecam, or no more where it was.</returns>
    public Framed? Split(FramingTask task)
    {
        var known = task.Facecam is { } region ? Confirm(region) : null;
        if (task.Wanted == LayoutName.AutoFacecam)
            return Found(known: null) ?? known;
        return known ?? Found(task.Facecam);
    }

    /// <summary>Why there is no facecam to show.</summary>
    public string WhyNot(FramingTask task) =>
        task.Facecam is { } known
            ? $"where the facecam is expected ({known}) there is neither a face nor a frame; {Words}"
            : Words;

    private string Unsure => IsBlind ? Words : "the picture hardly changes";

    private Framed? Found(Region? known) =>
        faces.Facecam is { } facecam
            ? new Framed(
                new FacecamSplit(facecam),
                known is null ? Words : $"{Words}; where it was expected ({known}) there is no face any more"
            )
            : null;

    // Not every streamer shows a human face: the frame of the overlay is as good a witness.
    private Framed? Confirm(Region known)
    {
        var words =
            faces.Faces.Any(known.Holds) ? "there is a face where the facecam is expected"
            : frames.Count >= FewestFrames && new OverlayEdges(frames).Clarity(known) >= OverlayEdges.Clear
                ? "the frame of the expected facecam is in its place"
            : IsBlind || frames.Count < FewestFrames ? $"the facecam is taken where it is expected, unchecked: {Unsure}"
            : null;
        return words is null ? null : new Framed(new FacecamSplit(known), words);
    }
}
