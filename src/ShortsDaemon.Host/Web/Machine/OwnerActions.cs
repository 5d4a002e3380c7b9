using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>
/// What a person may do from the pages and over the API. Log and audit tell who did it. What has begun is brought to its end
/// even when the browser has gone away.
/// </summary>
internal sealed class OwnerActions(
    IDbContextFactory<ShortsDb> databases,
    MaintenanceCatalog jobs,
    Breakers breakers,
    Holds holds,
    Alerts alerts,
    TimeProvider time,
    ILogger<OwnerActions> log
)
{
    /// <summary>Asks for a run of a maintenance job; it begins within a minute.</summary>
    /// <returns>The wish; null: there is no such job.</returns>
    public async Task<JobRun?> RunAsync(string job, string who)
    {
        if (jobs.Find(job) is not { } known)
            return null;
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Audit.Add(By(who, "run job", known.Name));
        var wish = await JobWishes.AddAsync(db, known.Name, time.GetUtcNow(), CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        log.LogInformation("{Who} asked for the job {Job}", who, known.Name);
        return wish;
    }

    /// <summary>Closes a breaker, so that the next call goes out at once.</summary>
    /// <returns>False: there is no such breaker.</returns>
    public async Task<bool> ResetAsync(string provider, string who)
    {
        var all = await breakers.ListAsync(CancellationToken.None);
        var known = all.FirstOrDefault(b => b.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase));
        if (known is null || !await ResetAsync(known, who))
            return false;
        log.LogInformation("{Who} closed the breaker of {Provider}", who, known.Provider);
        return true;
    }

    /// <summary>Opens a door that is shut. Whatever shut it will shut it again while the cause is there.</summary>
    /// <returns>False: it is not shut.</returns>
    public async Task<bool> ReleaseAsync(string scope, string who)
    {
        if (!await holds.ReleaseAsync(scope, CancellationToken.None, By(who, "release hold", scope)))
            return false;
        log.LogInformation("{Who} released {Scope}", who, scope);
        return true;
    }

    /// <summary>Somebody looks after it: whoever has not been told yet is not told any more.</summary>
    /// <returns>False: there is no open alert of this number.</returns>
    public Task<bool> AcknowledgeAsync(long alert, string who) =>
        alerts.AcknowledgeAsync(alert, who, CancellationToken.None);

    private Task<bool> ResetAsync(Breaker breaker, string who) =>
        breakers.ResetAsync(breaker.Provider, CancellationToken.None, By(who, "reset breaker", breaker.Provider));

    private AuditEntry By(string who, string what, string detail) =>
        new()
        {
            At = time.GetUtcNow(),
            Who = who,
            What = what,
            Detail = detail,
        };
}
