using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>All that decides on the next slot of one destination, as it stands at one moment.</summary>
internal sealed class PostingBoard
{
    // Whoever has to wait longer than this behind those before it takes another slot.
    private static readonly TimeSpan Shift = TimeSpan.FromHours(1);

    private readonly ShortsOptions _options;
    private readonly IReadOnlyList<PostedTime> _all;
    private readonly IReadOnlyList<string> _shared;
    private readonly DateTimeOffset? _first;

    private PostingBoard(
        ShortsOptions options,
        PostingPlace place,
        IReadOnlyList<PostedTime> all,
        IReadOnlyList<string> shared,
        DateTimeOffset? first,
        QuotaStanding? uploads,
        DateTimeOffset now
    )
    {
        (_options, _all, _shared, _first) = (options, all, shared, first);
        (Place, Uploads, Now) = (place, uploads, now);
        PerDay = PerDayAmong(TimesOf(all));
        Plan = PlanAmong(all);
    }

    public PostingPlace Place { get; }

    /// <summary>The project's quota; null: there is none.</summary>
    public QuotaStanding? Uploads { get; }

    /// <summary>The moment for which this holds.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The daily cap of our own.</summary>
    public DailyLimit PerDay { get; }

    /// <summary>Finds a slot that nobody has.</summary>
    public PostingPlan Plan { get; }

    public int Today => PerDay.Count(LocalDay.Of(Now, Place.Zone));

    public long TodayMost => PerDay.Most(LocalDay.Of(Now, Place.Zone));

    /// <summary>Slots that are taken and still to come, next one first.</summary>
    public IEnumerable<DateTimeOffset> Coming =>
        _all.Where(p => p.Destination == Place.Name && p.PublishedAt is null && p.Slot > Now)
            .Select(p => p.Slot)
            .Order();

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
        var first = place.Options.SlowStartDays > 0 ? await PostedTimes.FirstAsync(db, place.Name, cancel) : null;
        var uploads = await UploadsAsync(db, options, place, now, cancel);
        return new(options, place, all, shared, first, uploads, now);
    }

    /// <summary>The slot that the item without which this board was read is to have.</summary>
    /// <param name="item">That item.</param>
    /// <param name="own">The slot it has; null: none.</param>
    /// <returns>
    /// Its own, shifted when those before it were late; a better one; or, when its own is lost, the next free one. Null: none
    /// within a year.
    /// </returns>
    public DateTimeOffset? SlotFor(ItemId item, DateTimeOffset? own)
    {
        var free = Plan.NextFrom(Now);
        if (own is not { } mine)
            return free;
        // Nobody wakes at the very moment of its slot. Whoever comes later shifts as well when its time has come; giving way
        // to it would send this one behind it, and then that one behind this one, for ever.
        var kept = PlanAmong([.. _all.Where(p => p.IsBefore(mine, item, Now))]).NextFrom(mine > Now ? mine : Now);
        return kept <= mine + Shift && !(free < kept) ? kept : free;
    }

    private PostingPlan PlanAmong(IReadOnlyList<PostedTime> posted)
    {
        var times = TimesOf(posted);
        List<DailyLimit> limits = [PerDayAmong(times)];
        // Uploaded ahead, the quota of the day on which it appears does not matter.
        if (Uploads is not null && !Place.Options.ShipsAhead)
            limits.Add(QuotaLimit(_options, Uploads, posted.Where(p => _shared.Contains(p.Destination)), Now));
        var spacing = TimeSpan.FromMinutes(Place.Options.MinSpacing);
        return new(PostingHours.Of(Place.Options, Place.Zone), spacing, limits, times);
    }

    private List<DateTimeOffset> TimesOf(IReadOnlyList<PostedTime> posted) =>
        [.. posted.Where(p => p.Destination == Place.Name).Select(p => p.ShownAt(Now))];

    private DailyLimit PerDayAmong(List<DateTimeOffset> times)
    {
        var first = times.Select(time => (DateTimeOffset?)time).Append(_first).Min();
        DateOnly? day = first is { } known ? LocalDay.Of(known, Place.Zone) : null;
        return new(Place.Zone, new SlowStart(Place.Options, day).Most, times);
    }

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
