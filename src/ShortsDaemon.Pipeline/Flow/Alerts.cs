using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Tells the owner that something is wrong, once, and that it is well again.</summary>
public sealed class Alerts(IDbContextFactory<ShortsDb> databases, TimeProvider time, ILogger<Alerts> log)
{
    /// <summary>One was raised or resolved in this process, after it was committed.</summary>
    public event Action<Alert>? Changed;

    /// <param name="rule">What kind, for instance CredentialRevoked; one of <see cref="AlertRules"/>.</param>
    /// <param name="subject">Of what, for instance main/YouTube.</param>
    /// <param name="level">How bad.</param>
    /// <param name="message">What happened and how to mend it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ArgumentException">A rule that no receiver could choose: it is missing in <see cref="AlertRules"/>.</exception>
    public async Task RaiseAsync(
        string rule,
        string subject,
        AlertLevel level,
        string message,
        CancellationToken cancel
    )
    {
        if (!AlertRules.All.Contains(rule, StringComparer.Ordinal))
            throw new ArgumentException($"The rule '{rule}' is missing in {nameof(AlertRules)}.", nameof(rule));
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Takes the right to write at once, so that two who see the same trouble tell it once.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await OpenAsync(db, rule, subject, cancel) is not null)
            return;
        var alert = new Alert
        {
            Rule = rule,
            Subject = subject,
            Level = level,
            Message = message,
            RaisedAt = time.GetUtcNow(),
        };
        db.Alerts.Add(alert);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogError("{Rule} {Subject}: {Message}", rule, subject, message);
        Changed?.Invoke(alert);
    }

    /// <summary>It is well again; nothing happens when there was no alert.</summary>
    public Task ResolveAsync(string rule, string subject, CancellationToken cancel) =>
        ResolveAsync(rule, subject, DateTimeOffset.MaxValue, cancel);

    /// <summary>The same for an alert that was raised before that time; a later one stays.</summary>
    public async Task ResolveAsync(string rule, string subject, DateTimeOffset raisedBefore, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await OpenAsync(db, rule, subject, cancel) is not { } alert || alert.RaisedAt >= raisedBefore)
            return;
        alert.ResolvedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        log.LogInformation("{Rule} {Subject}: well again", rule, subject);
        Changed?.Invoke(alert);
    }

    /// <summary>A person knows of it: it stays open, but whoever has not been told yet is not told any more.</summary>
    /// <returns>False: there is no open alert of this number.</returns>
    public async Task<bool> AcknowledgeAsync(long id, string who, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Alerts.SingleOrDefaultAsync(a => a.Id == id && a.ResolvedAt == null, cancel) is not { } alert)
            return false;
        if (alert.AcknowledgedAt is not null)
            return true;
        (alert.AcknowledgedAt, alert.AcknowledgedBy) = (now, who);
        db.Audit.Add(
            new AuditEntry
            {
                At = now,
                Who = who,
                What = "acknowledge alert",
                Detail = $"{alert.Rule} {alert.Subject}",
            }
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("{Who} knows of {Rule} {Subject}", who, alert.Rule, alert.Subject);
        return true;
    }

    /// <summary>As <see cref="ResolveAsync"/>, for several rules.</summary>
    public async Task ResolveAllAsync(IEnumerable<string> rules, string subject, CancellationToken cancel)
    {
        foreach (var rule in rules)
            await ResolveAsync(rule, subject, cancel);
    }

    private static Task<Alert?> OpenAsync(ShortsDb db, string rule, string subject, CancellationToken cancel) =>
        db.Alerts.SingleOrDefaultAsync(a => a.Rule == rule && a.Subject == subject && a.ResolvedAt == null, cancel);
}
