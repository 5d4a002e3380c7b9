using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Which platforms the daemon found down. Asks the database, not the platforms.</summary>
internal sealed class ProvidersCheck : DoctorCheck
{
    public override string Name => "providers";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(patient.Options.Storage);
        if (!database.Exists || await database.AgeAsync(cancel) != DatabaseAge.Current)
            return [Ok("nothing is known of them yet")];
        var down = await database
            .Content.Breakers.AsNoTracking()
            .Where(b => b.State != BreakerState.Closed)
            .OrderBy(b => b.Provider)
            .ToListAsync(cancel);
        return down.Count == 0
            ? [Ok("none is known to be down")]
            : [.. down.Select(b => Say(b, patient.Time.GetUtcNow()))];
    }

    private DoctorLine Say(Breaker breaker, DateTimeOffset now) =>
        Warn(
            $"{breaker.Provider} has not worked since {breaker.OpenedAt:u} ({breaker.LastError}); next try at {breaker.NextTry(now):u}",
            $"It mends itself once the platform works again; to try at once: ShortsDaemon breaker reset {breaker.Provider}"
        );
}
