namespace ShortsDaemon.Media.Faces;

/// <summary>A boosted cascade of OpenCV's kind: stages of small decision trees, each of which may refuse a window.</summary>
/// <param name="Width">Width of the window in px.</param>
/// <param name="Height">Height of the window in px.</param>
/// <param name="Stages">In the order in which they are asked.</param>
/// <param name="Features">What the trees ask about.</param>
internal sealed record Cascade(int Width, int Height, IReadOnlyList<CascadeStage> Stages, CascadeFeatures Features)
{
    private readonly CascadeStage[] _stages = [.. Stages];

    /// <summary>Whether all stages take what the view shows.</summary>
    public bool Accepts(FeatureView view)
    {
        foreach (var stage in _stages)
            if (!stage.Accepts(view))
                return false;
        return true;
    }
}

/// <param name="Threshold">Least sum of the trees' votes.</param>
internal sealed record CascadeStage(double Threshold, CascadeTree[] Trees)
{
    // Thresholds are written with fewer digits than they were learned with.
    private const double Tolerance = 1e-5;

    public bool Accepts(FeatureView view)
    {
        var sum = 0d;
        foreach (var tree in Trees)
            sum += tree.Vote(view);
        return sum >= Threshold - Tolerance;
    }
}

internal sealed record CascadeTree(CascadeNode[] Nodes, double[] Leaves)
{
    public double Vote(FeatureView view)
    {
        var at = 0;
        do
        {
            ref readonly var node = ref Nodes[at];
            at = view.GoesLeft(in node) ? node.Left : node.Right;
        } while (at > 0);
        return Leaves[-at];
    }
}

/// <param name="Left">Next node; 0 or less: the negative of a leaf's index.</param>
/// <param name="Right">Likewise.</param>
/// <param name="Feature">Index of the feature asked about.</param>
/// <param name="Threshold">Of an ordered feature: below it, left.</param>
/// <param name="Subset">Of a feature with 256 values: a bit for each, set for left.</param>
internal readonly record struct CascadeNode(int Left, int Right, int Feature, double Threshold, int[] Subset);

/// <summary>The features of a cascade, still without a picture.</summary>
internal abstract class CascadeFeatures
{
    public abstract FeatureView Over(IntegralPicture picture);
}

/// <summary>The features of a cascade over one picture, with a window that moves.</summary>
internal abstract class FeatureView
{
    /// <returns>False: there is nothing to see in this window.</returns>
    public abstract bool MoveTo(int x, int y);

    public abstract bool GoesLeft(in CascadeNode node);
}
