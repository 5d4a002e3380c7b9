namespace ShortsDaemon.Media.Fingerprints;

/// <summary>How new pictures agree with known ones, laid on them in one way.</summary>
/// <param name="Likeness">Whether they move alike: 1 the same, 0 by chance.</param>
/// <param name="Placing">Where in the picture.</param>
/// <param name="IsMirrored">One is the mirror image of the other.</param>
/// <param name="Timing">Where in time.</param>
internal sealed record PictureMatch(double Likeness, Placing Placing, bool IsMirrored, Timing Timing)
{
    // Measured: copies 0.60 and more, different recordings of cameras and games 0.42 at most (docs/duplicates.md).
    private const double AlikeMoves = 0.6;
    private const double AlikeLooks = 0.2;
    private const double TellingCells = 45;

    // Where the sounds agree.
    private const double PossibleMoves = 0.45;
    private const double StillCells = 10;
    private const double AlikeStills = 0.8;

    /// <summary>Whether they look alike, moving or not: 1 the same, 0 by chance.</summary>
    public double Looks { get; init; }

    /// <summary>How many cells change clearly, over all pictures: few may agree by chance.</summary>
    public double Cells { get; init; }

    /// <summary>Over how long, in s.</summary>
    public double Seconds { get; init; }

    public bool IsAlike => Likeness >= AlikeMoves && Looks >= AlikeLooks && Cells >= TellingCells;

    /// <summary>Not enough to tell, but it does not contradict.</summary>
    public bool IsPossible =>
        Cells < StillCells ? Looks >= AlikeStills : Likeness >= PossibleMoves && Looks >= AlikeLooks;
}
