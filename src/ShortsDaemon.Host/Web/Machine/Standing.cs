using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>Jobs, alerts, breakers and holds, for the System page and the API. Texts that quote others come without secrets.</summary>
internal sealed class Standing(
    IDbContextFactory<ShortsDb> databases,
    MaintenanceCatalog catalog,
    Breakers breakers,
    Holds holds,
    LiveOptions live
)
{
    public async Task<IReadOnlyList<JobLine>> JobsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var last = await JobLines.LastAsync(db, cancel);
        foreach (var run in last)
            run.Message = SecretFree.Text(run.Message);
        return JobLines.Of(catalog, live.Value, last);
    }

    /// <param name="since">Of those that were resolved only the later ones.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<AlertLine>> AlertsAsync(DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var lines = await AlertLines.ReadAsync(db, live.Value.Receivers, since, cancel);
        return lines.ConvertAll(line =>
            line with
            {
                Message = SecretFree.Text(line.Message),
                Told = [.. line.Told.Select(told => told with { Why = SecretFree.Text(told.Why) })],
            }
        );
    }

    /// <param name="before">Only what was done before this one; null: from the latest on.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What people did, newest first.</returns>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(long? before, int limit, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = db.Audit.AsNoTracking();
        if (before is { } id)
            all = all.Where(a => a.Id < id);
        return await all.OrderByDescending(a => a.Id).Take(limit).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<Breaker>> BreakersAsync(CancellationToken cancel)
    {
        var all = await breakers.ListAsync(cancel);
        foreach (var breaker in all)
            breaker.LastError = SecretFree.Text(breaker.LastError);
        return all;
    }

    public async Task<IReadOnlyList<Hold>> HoldsAsync(CancellationToken cancel)
    {
        var all = await holds.ListAsync(cancel);
        foreach (var hold in all)
            hold.Reason = SecretFree.Text(hold.Reason);
        return all;
    }
}
