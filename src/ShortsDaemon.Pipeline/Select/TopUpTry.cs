using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>What a top-up has to work with. As long as it is the same as one that was tried in vain, there is no use in another.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Options">The options it was looked at with.</param>
/// <param name="RunId">The run that misses something.</param>
/// <param name="Missing">How many items.</param>
/// <param name="Room">How many may be started.</param>
/// <param name="Candidates">How many there are.</param>
/// <param name="Newest">The last of them.</param>
internal sealed record TopUpTry(
    DateTimeOffset At,
    ChannelOptions Options,
    long RunId,
    int Missing,
    int Room,
    int Candidates,
    ItemId? Newest
)
{
    // Some rules let a clip through once it is older, or has more views.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    public bool HasChance => Room > 0 && Candidates > 0;

    public bool IsSameAs(TopUpTry before) =>
        (At - before.At).Duration() < Again
        && ReferenceEquals(Options, before.Options)
        && this with { At = before.At, Options = before.Options } == before;

    public static async Task<TopUpTry> OfAsync(
        ShortsDb db,
        ShortsOptions all,
        string channel,
        ChannelOptions options,
        Shortfall missing,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var room = await new RoomReader(db, all, channel, options, now).ReadAsync(cancel);
        var waiting = await Backlog.Waiting(db, channel).Select(i => i.Id).ToListAsync(cancel);
        var back = await Backlog.Back(db, channel, options.Selection, now).Select(i => i.Id).ToListAsync(cancel);
        List<ItemId> candidates = [.. waiting, .. back];
        return new TopUpTry(
            now,
            options,
            missing.Run.Id,
            missing.Items,
            room.Items,
            candidates.Count,
            candidates.Count > 0 ? candidates.MaxBy(id => id.Value) : null
        );
    }
}
