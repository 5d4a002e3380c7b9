using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Calendar;

/// <summary>Puts together what was published in a month and what is to be.</summary>
internal sealed class CalendarReader(IDbContextFactory<ShortsDb> databases, LiveOptions live, TimeProvider time)
{
    private const int MostOfDay = 12;

    public async Task<CalendarReading> ReadAsync(IQueryCollection query, CancellationToken cancel)
    {
        var clock = query["channel"].ToString() is { Length: > 0 } channel
            ? ChannelClock.Of(live.Value, channel)
            : ChannelClock.Utc;
        var today = DateOnly.FromDateTime(clock.Here(time.GetUtcNow()).DateTime);
        var month = CalendarMonth.Of(query, today);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var byDay = (await PostsAsync(db, month, clock, cancel)).ToLookup(post =>
            DateOnly.FromDateTime(post.At.DateTime)
        );
        var days = Enumerable
            .Range(0, month.Days)
            .Select(i => DayOf(month.First.AddDays(i), [.. byDay[month.First.AddDays(i)]]));
        return new(month, clock.Name, today, [.. days])
        {
            Channels = await db.Channels.AsNoTracking().Select(c => c.Name).OrderBy(name => name).ToListAsync(cancel),
        };
    }

    private static CalendarDay DayOf(DateOnly date, IReadOnlyCollection<CalendarPost> posts) =>
        new(date, [.. posts.OrderBy(post => post.At).Take(MostOfDay)], Math.Max(0, posts.Count - MostOfDay));

    private static async Task<List<CalendarPost>> PostsAsync(
        ShortsDb db,
        CalendarMonth month,
        ChannelClock clock,
        CancellationToken cancel
    )
    {
        var (from, to) = (Start(month.First, clock.Zone), Start(month.Next, clock.Zone));
        var all = db.Publications.AsNoTracking().Where(p => p.ItemId != CanaryItem.Id);
        var rows = await Titled(db, all.Where(p => p.PublishedAt >= from && p.PublishedAt < to), month.Channel)
            .ToListAsync(cancel);
        var coming = all.Where(p => p.PublishedAt == null && p.SlotAt >= from && p.SlotAt < to);
        rows.AddRange(await Titled(db, coming, month.Channel).ToListAsync(cancel));
        return rows.ConvertAll(row => new CalendarPost(
            row.Post.ItemId,
            row.Post.Title ?? row.Title,
            row.Post.Destination,
            clock.Here((row.Post.PublishedAt ?? row.Post.SlotAt)!.Value),
            row.Post.PublishedAt is not null,
            row.Post.Rejection
        ));
    }

    private static IQueryable<TitledPost> Titled(ShortsDb db, IQueryable<Publication> posts, string? channel)
    {
        var titled = posts.Join(db.Items, p => p.ItemId, i => i.Id, (p, i) => new { Post = p, Item = i });
        if (channel is not null)
            titled = titled.Where(x => x.Item.Channel == channel);
        return titled.Select(x => new TitledPost { Post = x.Post, Title = x.Item.Title });
    }

    // The first moment of the day there: where the clock skips midnight, the day begins later.
    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private sealed class TitledPost
    {
        public required Publication Post { get; init; }
        public required string Title { get; init; }
    }
}
