using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>How a destination stands, for people.</summary>
/// <param name="Place">The destination.</param>
/// <param name="Today">Shorts of this local day, with those still to come.</param>
/// <param name="TodayMost">Most of this local day; null: no limit of ours.</param>
/// <param name="Coming">Slots that are taken, next one first.</param>
/// <param name="NextFree">The slot the next Short would get; null: none within a year.</param>
/// <param name="NextUploadAt">When the next one could be sent; null: when a person has opened a door, or never.</param>
/// <param name="Holds">Doors that are shut.</param>
/// <param name="Uploads">The project's quota; null: there is none.</param>
public sealed record PostingStanding(
    PostingPlace Place,
    int Today,
    long? TodayMost,
    IReadOnlyList<DateTimeOffset> Coming,
    DateTimeOffset? NextFree,
    DateTimeOffset? NextUploadAt,
    IReadOnlyList<Hold> Holds,
    QuotaStanding? Uploads
)
{
    public static async Task<PostingStanding> ReadAsync(
        ShortsDb db,
        ShortsOptions options,
        PostingPlace place,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var board = await PostingBoard.ReadAsync(db, options, place, without: null, now, cancel);
        var holds = await HoldsAsync(db, place, now, cancel);
        return new(
            place,
            board.Today,
            place.Options.MaxPerDay == 0 && place.Options.SlowStartDays == 0 ? null : board.TodayMost,
            [.. board.Coming],
            board.Plan.NextFrom(now),
            NextUpload(board, holds),
            holds,
            board.Uploads
        );
    }

    /// <returns>The slots that so many Shorts would get if all were ready now.</returns>
    public static async Task<IReadOnlyList<DateTimeOffset>> ForeseeAsync(
        ShortsDb db,
        ShortsOptions options,
        PostingPlace place,
        DateTimeOffset now,
        int count,
        CancellationToken cancel
    ) => (await PostingBoard.ReadAsync(db, options, place, without: null, now, cancel)).Plan.NextFrom(now, count);

    public static async Task<IReadOnlyList<Hold>> HoldsAsync(
        ShortsDb db,
        PostingPlace place,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var doors = place.Doors();
        return await Flow
            .Holds.Shut(db, now)
            .Where(h => doors.Contains(h.Scope))
            .OrderBy(h => h.Scope)
            .ToListAsync(cancel);
    }

    private static DateTimeOffset? NextUpload(PostingBoard board, IReadOnlyList<Hold> holds)
    {
        if (holds.Any(hold => hold.Until is null))
            return null;
        var open = holds.Select(hold => hold.Until!.Value).Append(board.Uploads?.NextAt ?? board.Now).Max();
        return board.Place.Options.ShipsAhead ? open : board.Plan.NextFrom(open);
    }
}
