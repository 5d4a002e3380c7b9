using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>A room where there is something to see everywhere, with names and reasons that are hard to lay out.</summary>
internal static class FullRoom
{
    private const string Long =
        "It answered 503 at https://api.twitch.example/helix/clips/a-very-long-address-without-any-place-to-break-it-0123456789";

    /// <returns>An item under way.</returns>
    public static async Task<ItemId> FillAsync(this Room room)
    {
        room.Configure();
        await room.AddAsync("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrik", ItemState.Failed);
        await room.AddAsync("the one that went out", ItemState.Published);
        await room.AddAsync("waits for its slot", ItemState.Publish);
        await room.AddAsync("waits for a person", ItemState.Review);
        var item = await room.AddAsync("an unbelievable comeback in the last seconds", ItemState.Render);
        room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Render));
        var progress = new EncodeProgress(62.4, 1.35, TimeSpan.FromSeconds(9));
        room.Events.Tell(new FlowEvent.StageProgressed(item, ItemState.Render, progress));
        await room
            .Services.GetRequiredService<Holds>()
            .ShutAsync("account:YouTube/an-account-with-a-rather-long-name", Long, until: null, CancellationToken.None);
        await room
            .Services.GetRequiredService<Alerts>()
            .RaiseAsync("BreakerOpen", "Twitch", AlertLevel.Critical, Long, CancellationToken.None);
        await using var db = await room.DatabaseAsync();
        var now = TimeProvider.System.GetUtcNow();
        db.Breakers.Add(
            new Breaker
            {
                Provider = "Twitch",
                State = BreakerState.Open,
                Failures = 5,
                OpenedAt = now,
                ProbeAt = now.AddMinutes(5),
                LastError = Long,
            }
        );
        db.JobRuns.Add(
            new JobRun
            {
                Job = "backup",
                Outcome = JobOutcome.Succeeded,
                StartedAt = now.AddHours(-7),
                EndedAt = now.AddHours(-7).AddSeconds(4),
                Message = "Made and verified '/srv/backups/shortsdaemon/2026-11-22T031500Z': 4711 rows, 12.3 MiB",
            }
        );
        await db.SaveChangesAsync();
        return item.Id;
    }
}
