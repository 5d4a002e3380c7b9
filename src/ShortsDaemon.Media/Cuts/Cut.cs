using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Media.Cuts;

/// <summary>The part of a recording that becomes the Short.</summary>
/// <param name="From">Where it begins in the recording.</param>
/// <param name="To">Where it ends in the recording.</param>
/// <param name="Reason">What was left out and why, in words.</param>
public sealed record Cut(TimeSpan From, TimeSpan To, string Reason)
{
    public TimeSpan Length => To - From;

    /// <summary>The recording goes on behind it.</summary>
    public bool EndsEarly { get; init; }

    public bool StartsLate => From > TimeSpan.Zero;
}

/// <summary>What may be left out.</summary>
/// <param name="Edges">Black, frozen and silent beginnings and ends.</param>
/// <param name="ShortestSeconds">At least so much remains of the recording.</param>
/// <param name="LongestSeconds">Of a longer one, the liveliest part of this length is taken.</param>
public sealed record CutRules(bool Edges, double ShortestSeconds, double LongestSeconds)
{
    /// <summary>Spoken words by the clock of the recording: none is cut in two.</summary>
    public IReadOnlyList<Stretch> Words { get; init; } = [];
}
