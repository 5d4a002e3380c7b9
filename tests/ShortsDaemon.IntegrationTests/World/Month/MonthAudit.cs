using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Fires;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>Holds what the platforms saw and what the daemon wrote down against what the configuration asks for.</summary>
internal sealed class MonthAudit(ShortsOptions options, WorldServer world, DateTimeOffset begin, DateTimeOffset end)
{
    // An upload that met a mishap or a death comes when it can; that is not what windows and spacing are about.
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RanIsKept = TimeSpan.FromDays(13);

    private readonly IReadOnlyList<YouTubeUpload> _uploads = world.YouTube.Uploads;

    public async Task<string> AssertAsync(IReadOnlyDictionary<string, int> moments)
    {
        var database = new DbContextOptionsBuilder<ShortsDb>();
        database.UseShorts(options.Storage.ConnectionString);
        await using var db = new ShortsDb(database.Options);
        var publications = await db.Publications.AsNoTracking().ToListAsync();
        var items = await db.Items.AsNoTracking().ToDictionaryAsync(i => i.Id);
        var slots = await db.FireSlots.AsNoTracking().ToListAsync();
        var shown = Shown(publications);
        var learned = await db.QuotaDays.CountAsync(d => d.LearnedCap != null);
        Assert.Multiple(() =>
        {
            AssertNothingTwice(publications, items, moments);
            AssertFires(slots);
            AssertQuota(learned);
            foreach (var (channel, settings) in options.Channels)
                AssertPosting(channel, settings, [.. shown.Where(s => s.ChannelId == $"UC-{channel}")]);
            for (var day = begin.Date.AddDays(1); day.AddDays(1) < end.Date; day = day.AddDays(1))
                Assert.That(shown.Any(s => s.At.UtcDateTime.Date == day), Is.True, $"something appears on {day:d}");
        });
        var outcomes = slots.GroupBy(s => $"{s.Outcome}/{s.Cause}").OrderBy(g => g.Key, StringComparer.Ordinal);
        return $"{moments.Count} clips, {items.Count} found, {_uploads.Count} uploads, {world.Calls.All.Count} calls, "
            + $"quota {string.Join(" ", world.YouTube.QuotaDays().Select(d => d.Uploads))}, "
            + $"slots {string.Join(", ", outcomes.Select(g => $"{g.Key} {g.Count()}"))}";
    }

    private void AssertNothingTwice(
        List<Publication> publications,
        Dictionary<Pipeline.Flow.ItemId, Item> items,
        IReadOnlyDictionary<string, int> moments
    )
    {
        var published = publications.Where(p => p.PublishedAt is not null).ToList();
        Assert.That(_uploads.Select(u => u.VideoId), Is.EquivalentTo(published.Select(p => p.RemoteId)), "videos");
        Assert.That(_uploads.Select(u => u.Sha256), Is.Unique, "hashes");
        Assert.That(_uploads.Select(u => u.Sha256), Is.EquivalentTo(published.Select(p => p.Sha256)), "hashes");
        Assert.That(_uploads.Select(u => u.Tags.Single(t => t.StartsWith("sd", StringComparison.Ordinal))), Is.Unique);
        Assert.That(_uploads.Select(u => u.State), Has.None.EqualTo("rejected"));
        Assert.That(published.Select(p => moments[items[p.ItemId].ExternalId]), Is.Unique, "moments");
    }

    private void AssertFires(List<FireSlot> slots)
    {
        Assert.That(
            slots
                .Where(s => s.Outcome != FireOutcome.Ran && s.Cause is FireCause.Unknown or FireCause.None)
                .Select(Words),
            Is.Empty,
            "slots without a reason"
        );
        var kept = end - RanIsKept > begin ? end - RanIsKept : begin;
        foreach (var (channel, settings) in options.Channels)
        foreach (var schedule in settings.Schedule)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
            var settled = end - TimeSpan.FromMinutes(20);
            var due = FireTimes.Between(schedule.Cron, zone, kept, settled);
            var mine = slots.Where(s => s.Channel == channel && s.Cron == schedule.Cron).Select(s => s.DueAt);
            Assert.That(
                mine.Where(at => at > kept && at <= settled),
                Is.EquivalentTo(due),
                $"slots of {channel} '{schedule.Cron}'"
            );
        }
    }

    private static string Words(FireSlot slot) =>
        $"{slot.Channel} {slot.DueAt:u} {slot.Outcome} {slot.Cause} at {slot.FiredAt:u}";

    private void AssertQuota(int learned)
    {
        Assert.That(learned, Is.Zero, "caps that had to be learned");
        Assert.That(world.YouTube.QuotaDays().Select(d => d.Refused), Is.All.Zero, "calls over quota");
        Assert.That(
            world.YouTube.QuotaDays().Select(d => d.Uploads),
            Is.All.LessThanOrEqualTo(options.YouTube.Quota.UploadsPerDay)
        );
    }

    private List<Appearance> Shown(List<Publication> publications)
    {
        var slots = publications.Where(p => p.RemoteId is not null).ToDictionary(p => p.RemoteId!, p => p.SlotAt);
        return
        [
            .. _uploads
                .Select(u => new Appearance(
                    u.ChannelId,
                    u.PublishAt > u.At ? u.PublishAt.Value : u.At,
                    slots.GetValueOrDefault(u.VideoId) ?? default
                ))
                .OrderBy(s => s.At),
        ];
    }

    private static void AssertPosting(string channel, ChannelOptions settings, List<Appearance> all)
    {
        var posting = settings.Destinations.OfType<PostingOptions>().Single();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var windows = posting.Windows.Select(DayWindow.Of).ToList();
        var onTime = all.Where(s => (s.At - s.Slot).Duration() <= OnTime).ToList();
        Assert.That(onTime, Has.Count.GreaterThanOrEqualTo(all.Count * 0.75), $"{channel}: on time");
        foreach (var shown in onTime.Where(_ => windows.Count > 0))
            Assert.That(
                windows.Exists(w => w.Holds(TimeZoneInfo.ConvertTime(shown.Slot, zone).DateTime)),
                Is.True,
                $"{channel}: {shown.Slot:u} is outside the windows"
            );
        for (var i = 1; i < onTime.Count; i++)
            Assert.That(
                (onTime[i].At - onTime[i - 1].At).TotalMinutes,
                Is.GreaterThanOrEqualTo(posting.MinSpacing - OnTime.TotalMinutes),
                $"{channel}: between {onTime[i - 1].At:u} and {onTime[i].At:u}"
            );
        foreach (var day in onTime.GroupBy(s => LocalDay.Of(s.Slot, zone)))
            Assert.That(day.Count(), Is.LessThanOrEqualTo(posting.MaxPerDay), $"{channel}: {day.Key}");
    }

    private sealed record Appearance(string ChannelId, DateTimeOffset At, DateTimeOffset Slot);
}
