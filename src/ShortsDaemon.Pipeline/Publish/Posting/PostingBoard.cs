using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>All that decides on the next slot of one destination, as it stands at one moment.</summary>
/// <param name="Place">The destination.</param>
/// <param name="Plan">Finds the slot.</param>
/// <param name="Posted">What has been posted or is to be.</param>
/// <param name="PerDay">The daily cap of our own.</param>
/// <param name="Uploads">The project's quota; null: there is none.</param>
/// <param name="Now">That moment.</param>
internal sealed record PostingBoard(
    PostingPlace Place,
    PostingPlan Plan,
    IReadOnlyList<PostedTime> Posted,
    DailyLimit PerDay,
    QuotaStanding? Uploads,
    DateTimeOffset Now
)
{
    public int Today => PerDay.Count(LocalDay.Of(Now, Place.Zone));

    public long TodayMost => PerDay.Most(LocalDay.Of(Now, Place.Zone));

    /// <summary>Slots that are taken and still to come, next one first.</summary>
    public IEnumerable<DateTimeOffset> Coming =>
        Posted.Where(p => p.PublishedAt is null && p.Slot > Now).Select(p => p.Slot).Order();

    /// <param name="db">The database.</param>
    /// <param name="options">Tells which destinations share a project.</param>
    /// <param name="place">The destination.</param>
    /// <param name="without">An item that looks for a slot: the one it has does not count; null: none.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<PostingBoard> ReadAsync(
        ShortsDb db,
        ShortsOptions options,
        PostingPlace place,
        ItemId? without,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var shared = Sharing(options, place);
        var all = await PostedTimes.ReadAsync(db, [place.Name, .. shared], without, now, cancel);
        var own = all.Where(p => p.Destination == place.Name).ToList();
        var times = own.Select(p => p.ShownAt(now)).ToList();
        var first = place.Options.SlowStartDays > 0 ? await PostedTimes.FirstAsync(db, place.Name, cancel) : null;
        var perDay = new DailyLimit(place.Zone, new SlowStart(place.Options, First(place, first, times)).Most, times);
        var uploads = await UploadsAsync(db, options, place, now, cancel);
        List<DailyLimit> limits = [perDay];
        // Uploaded ahead, the quota of the day on which it appears does not matter.
        if (uploads is not null && !place.Options.ShipsAhead)
            limits.Add(QuotaLimit(options, uploads, all.Where(p => shared.Contains(p.Destination)), now));
        var spacing = TimeSpan.FromMinutes(place.Options.MinSpacing);
        var plan = new PostingPlan(PostingHours.Of(place.Options, place.Zone), spacing, limits, times);
        return new(place, plan, own, perDay, uploads, now);
    }

    private static DateOnly? First(PostingPlace place, DateTimeOffset? published, List<DateTimeOffset> times) =>
        times.Select(time => (DateTimeOffset?)time).Append(published).Min() is { } first
            ? LocalDay.Of(first, place.Zone)
            : null;

    /// <summary>Destinations that spend the same quota at their slots.</summary>
    private static IReadOnlyList<string> Sharing(ShortsOptions options, PostingPlace place) =>
        place.Project is null
            ? []
            :
            [
                .. PostingPlace
                    .All(options)
                    .Where(other => other.Project == place.Project && !other.Options.ShipsAhead)
                    .Select(other => other.Name),
            ];

    private static DailyLimit QuotaLimit(
        ShortsOptions options,
        QuotaStanding uploads,
        IEnumerable<PostedTime> shared,
        DateTimeOffset now
    )
    {
        var today = PacificDay.Of(now);
        var configured = QuotaBucket.Uploads.Cap(options.YouTube.Quota);
        var reserved = shared.Where(p => !p.HasBegun && p.PublishedAt is null).Select(p => p.ShownAt(now)).ToList();
        return new(PacificDay.Zone, day => day == today ? uploads.Left : configured, reserved);
    }

    private static async Task<QuotaStanding?> UploadsAsync(
        ShortsDb db,
        ShortsOptions options,
        PostingPlace place,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        place.Project is null
            ? null
            : await QuotaStanding.ReadAsync(
                db,
                place.Project,
                QuotaBucket.Uploads,
                QuotaBucket.Uploads.Cap(options.YouTube.Quota),
                now,
                cancel
            );
}
