namespace ShortsDaemon.Tests.Flow;

/// <summary>What can go wrong while items walk.</summary>
internal enum FaultKind
{
    /// <summary>The stage throws something that counts as a try.</summary>
    Transient,

    /// <summary>The stage refuses the input for good.</summary>
    Permanent,

    /// <summary>Something around the item is not there.</summary>
    Unavailable,

    /// <summary>A statement or commit fails.</summary>
    Database,

    /// <summary>The process dies: nothing is written from here on.</summary>
    Kill,

    /// <summary>The daemon is asked to stop.</summary>
    Stop,

    LoseSource,
    LoseVideo,
    LoseThumbnail,
    LoseFolder,

    /// <summary>Somebody else writes into the finished video.</summary>
    SpoilVideo,

    /// <summary>The next ffmpeg dies.</summary>
    ToolCrash,

    /// <summary>The next ffmpeg says that the input is broken.</summary>
    ToolRefuse,

    /// <summary>The next ffmpeg finds no room.</summary>
    ToolDiskFull,
}

/// <param name="Point">At which of the places where something can go wrong, counted from the start of the case.</param>
/// <param name="Kind">What goes wrong there.</param>
internal sealed record PlannedFault(int Point, FaultKind Kind)
{
    public override string ToString() => $"{Kind}@{Point}";
}
