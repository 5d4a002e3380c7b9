using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>What a selection has to know besides its candidates. Plain data, so that <see cref="Judge"/> stays pure.</summary>
public sealed record Known
{
    public static Known Nothing { get; } = new();

    /// <summary>How many items may be started now.</summary>
    public Room Room { get; init; } = Room.Unlimited;

    /// <summary>Clips under way or published, whose moments must not be shown again.</summary>
    public IReadOnlyList<Item> Taken { get; init; } = [];

    /// <summary>Titles of the channel's other clips.</summary>
    public IReadOnlyList<KnownTitle> Titles { get; init; } = [];

    /// <summary>What an older tool has posted, as far as it may be one of the candidates.</summary>
    public IReadOnlyList<PastPost> Posts { get; init; } = [];

    public GameTrend Trend { get; init; } = GameTrend.None;
}

/// <param name="Items">How many.</param>
/// <param name="Rule">What limits it.</param>
/// <param name="Reason">Why an item beyond that has to wait.</param>
public sealed record Room(int Items, string Rule, string Reason)
{
    public static Room Unlimited { get; } = new(int.MaxValue, "", "");

    /// <summary>The smaller of the two.</summary>
    public Room And(Room other) => other.Items < Items ? other : this;

    public static Room OfRun(int most) =>
        new(most, nameof(SelectionOptions.MaxPerRun), $"one run takes {most}; it waits for the next");
}

/// <summary>The title of a clip that is no candidate.</summary>
/// <param name="Id">Its number.</param>
/// <param name="BroadcasterId">Whose clip it is.</param>
/// <param name="Title">Its title.</param>
/// <param name="IsTaken">It is under way or published.</param>
/// <param name="IsPlaced">It is known where in the stream's recording it lies.</param>
public sealed record KnownTitle(ItemId Id, string BroadcasterId, string Title, bool IsTaken, bool IsPlaced);
