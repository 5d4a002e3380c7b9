using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>Compares what the daemon wrote down with what the platforms saw.</summary>
internal sealed class RehearsalAudit(ShortsDb db, WorldServer world)
{
    private static readonly TimeSpan SlotGrace = TimeSpan.FromMinutes(2);

    public async Task<RehearsalReport> ReadAsync(double seconds, int kills, CancellationToken cancel)
    {
        var states = await db
            .Items.GroupBy(i => i.State)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        var fires = await db.FireSlots.AsNoTracking().ToListAsync(cancel);
        var publications = await db.Publications.AsNoTracking().ToListAsync(cancel);
        var remote = publications.Where(p => p.PublishedAt != null && IsVideo(p)).Select(p => p.RemoteId!).ToHashSet();
        // Stopped before it could write down that the last byte had been taken: it finds out at its next start.
        var underWay = publications
            .Where(p => p.PublishedAt == null)
            .Select(p => p.Marker)
            .OfType<string>()
            .ToHashSet();
        var (now, uploads) = (TimeProvider.System.GetUtcNow(), world.YouTube.Uploads);
        var there = uploads.Select(u => u.VideoId).ToHashSet(StringComparer.Ordinal);
        return new RehearsalReport
        {
            Seconds = seconds,
            Kills = kills,
            Found = states.Sum(s => s.Count),
            Made = await db.Renditions.Where(r => r.Sha256 != null).Select(r => r.ItemId).Distinct().CountAsync(cancel),
            Published = uploads.Count,
            Duplicates = Math.Max(
                uploads.Count - uploads.DistinctBy(u => (u.ChannelId, u.Sha256)).Count(),
                publications.Sum(p => Math.Max(0, uploads.Count(u => p.Marker is { } m && u.Tags.Contains(m)) - 1))
            ),
            Lost = remote.Count(id => !there.Contains(id)),
            Unknown = uploads.Count(u => !remote.Contains(u.VideoId) && !u.Tags.Any(underWay.Contains)),
            Waiting = states.Where(s => s.Key == ItemState.Publish).Sum(s => s.Count),
            States = states.ToDictionary(s => s.Key, s => s.Count),
            Fires = fires.GroupBy(f => f.Outcome).ToDictionary(g => g.Key, g => g.Count()),
            UnexplainedFires = fires.Count(f => f.Outcome != FireOutcome.Ran && f.Cause == FireCause.Unknown),
            LateSlots = publications.Count(p => (p.PublishedAt ?? now) > p.SlotAt + SlotGrace),
            Quota = await db.QuotaDays.AsNoTracking().OrderBy(q => q.Project).ThenBy(q => q.Bucket).ToListAsync(cancel),
            Alerts = await db.Alerts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancel),
            Stages = await StagesAsync(cancel),
            Answers = world
                .Calls.All.GroupBy(c => $"{c.Operation.Split('.')[0]} {c.Status / 100}xx")
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count()),
        };
    }

    // What went to a folder is a path.
    private static bool IsVideo(Publication publication) => !Path.IsPathRooted(publication.RemoteId);

    private async Task<IReadOnlyList<StageTime>> StagesAsync(CancellationToken cancel)
    {
        var attempts = await db
            .Attempts.AsNoTracking()
            .Where(a => a.Result == AttemptResult.Advanced)
            .ToListAsync(cancel);
        return
        [
            .. attempts
                .GroupBy(a => a.Stage)
                .OrderBy(g => g.Key)
                .Select(g => (g.Key, Seconds: g.Select(a => (a.EndedAt - a.StartedAt).TotalSeconds).Order().ToList()))
                .Select(g => new StageTime(g.Key, g.Seconds.Count, g.Seconds[g.Seconds.Count / 2], g.Seconds[^1])),
        ];
    }
}
