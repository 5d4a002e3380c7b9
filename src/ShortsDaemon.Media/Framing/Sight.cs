using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Media.Framing;

/// <summary>A few pictures of a recording and what was seen in them.</summary>
internal sealed class Sight(IReadOnlyList<GreyFrame> frames, FaceSighting faces)
{
    // Fewer pictures show no difference between what stays and what moves.
    private const int FewestFrames = 4;

    /// <summary>There is no face model.</summary>
    public bool IsBlind { get; init; }

    public double FaceShare => faces.FaceShare;

    public string Words => faces.Words;

    public string FaceWords => FormattableString.Invariant($"a face is seen in {100 * FaceShare:0} % of the pictures");

    /// <returns>Facecam and game apart; null: there is no facecam, or no more where it was.</returns>
    public Framed? Split(FramingTask task)
    {
        var known = task.Facecam is { } region ? Confirm(region) : null;
        if (task.Wanted == LayoutName.AutoFacecam)
            return Found(known: null) ?? known;
        return known ?? Found(task.Facecam);
    }

    private Framed? Found(Region? known) =>
        faces.Facecam is { } facecam
            ? new Framed(
                new FacecamSplit(facecam),
                known is null ? Words : $"{Words}; where it is configured ({known}) there is no face any more"
            )
            : null;

    // Not every streamer shows a human face: the frame of the overlay is as good a witness.
    private Framed? Confirm(Region known)
    {
        var words =
            faces.Faces.Any(known.Holds) ? "there is a face where the facecam is configured"
            : frames.Count >= FewestFrames && new OverlayEdges(frames).Clarity(known) >= OverlayEdges.Clear
                ? "the frame of the configured facecam is in its place"
            : IsBlind ? $"the facecam is taken as configured, unchecked: {Words}"
            : null;
        return words is null ? null : new Framed(new FacecamSplit(known), words);
    }
}
