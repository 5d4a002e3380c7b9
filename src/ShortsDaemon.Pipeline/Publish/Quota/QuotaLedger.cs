using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.Quota;

/// <summary>
/// Keeps a project inside its daily quotas. What a call costs is written down before it goes out, so that no crash and no
/// second channel on the same project can spend it twice.
/// </summary>
public sealed class QuotaLedger(
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    Alerts alerts,
    TimeProvider time
)
{
    /// <summary>Rule of the alert; its subject is project and bucket.</summary>
    public const string EmptyRule = "QuotaEmpty";

    // The dearest call refused, by alert. After a restart it is not known, and the alert stays until the day is over.
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);

    /// <summary>Call before the request goes out. What a refused request was to cost stays spent: the platform counts it, too; see <see cref="RefundAsync"/> for the others.</summary>
    /// <param name="project">For instance YouTube/123456, see <see cref="YouTube.YouTubeProject"/>.</param>
    /// <param name="bucket">Which quota.</param>
    /// <param name="cost">What the call costs.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="NotYetException">There is not so much left; with the time of the next day.</exception>
    public async Task SpendAsync(string project, QuotaBucket bucket, long cost, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var subject = Subject(project, bucket);
        var (isSpent, standing) = await TrySpendAsync(project, bucket, cost, now, cancel);
        if (!isSpent)
        {
            _refused.AddOrUpdate(subject, cost, (_, before) => Math.Max(before, cost));
            var reason = Empty(project, bucket, standing, now);
            await alerts.RaiseAsync(EmptyRule, subject, AlertLevel.Warning, reason, cancel);
            throw new NotYetException(PacificDay.After(now), reason);
        }
        // A cheap call that still fits does not mean that there is room again for the dear one.
        var hasRoom = _refused.TryGetValue(subject, out var refused) && refused <= standing.Left;
        var before = hasRoom ? DateTimeOffset.MaxValue : PacificDay.Begin(now);
        await alerts.ResolveAsync(EmptyRule, subject, before, cancel);
        if (hasRoom)
            _refused.TryRemove(subject, out _);
    }

    /// <summary>What was spent for a request that never reached the platform, or that it did not serve, may be spent again.</summary>
    /// <param name="project">As in <see cref="SpendAsync"/>.</param>
    /// <param name="bucket">Which quota.</param>
    /// <param name="cost">What was spent.</param>
    /// <param name="spentAt">When. Of a day that is over nothing comes back.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task RefundAsync(
        string project,
        QuotaBucket bucket,
        long cost,
        DateTimeOffset spentAt,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await QuotaStanding.TodayAsync(db.QuotaDays, project, bucket, time.GetUtcNow(), cancel) is not { } today)
            return;
        if (today.Day != PacificDay.Of(spentAt))
            return;
        today.Spent = Math.Max(0, today.Spent - cost);
        // What was learned meanwhile counted it, too.
        if (today.LearnedCap is { } learned)
            today.LearnedCap = Math.Max(0, learned - cost);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The platform has refused for want of quota although we thought there was some: no more today.</summary>
    /// <param name="project">As in <see cref="SpendAsync"/>.</param>
    /// <param name="bucket">Which quota.</param>
    /// <param name="reason">What the platform said.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>When the next day begins.</returns>
    public async Task<DateTimeOffset> LearnAsync(
        string project,
        QuotaBucket bucket,
        string reason,
        CancellationToken cancel
    )
    {
        var now = time.GetUtcNow();
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var today = await TodayAsync(db, project, bucket, now, cancel);
            today.LearnedCap = today.Spent;
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        var message =
            $"{project} has no {bucket.Name()} left until {PacificDay.After(now):u}, earlier than expected: {reason}";
        await alerts.RaiseAsync(EmptyRule, Subject(project, bucket), AlertLevel.Warning, message, cancel);
        return PacificDay.After(now);
    }

    public async Task<QuotaStanding> StandingAsync(string project, QuotaBucket bucket, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await QuotaStanding.ReadAsync(db, project, bucket, Cap(bucket), time.GetUtcNow(), cancel);
    }

    /// <returns>Whether it is spent, and how it stands then.</returns>
    private async Task<(bool IsSpent, QuotaStanding Standing)> TrySpendAsync(
        string project,
        QuotaBucket bucket,
        long cost,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Takes the right to write at once: two who read the same number would both spend the last of it.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var today = await TodayAsync(db, project, bucket, now, cancel);
        var standing = QuotaStanding.Of(today, Cap(bucket), now);
        if (cost > standing.Left)
            return (false, standing);
        today.Spent += cost;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (true, QuotaStanding.Of(today, Cap(bucket), now));
    }

    private static async Task<QuotaDay> TodayAsync(
        ShortsDb db,
        string project,
        QuotaBucket bucket,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (await QuotaStanding.TodayAsync(db.QuotaDays, project, bucket, now, cancel) is { } known)
            return known;
        var today = new QuotaDay
        {
            Project = project,
            Bucket = bucket.Name(),
            Day = PacificDay.Of(now),
        };
        db.QuotaDays.Add(today);
        return today;
    }

    private long Cap(QuotaBucket bucket) => bucket.Cap(options.Value.YouTube.Quota);

    private static string Subject(string project, QuotaBucket bucket) => $"{project}/{bucket.Name()}";

    private static string Empty(string project, QuotaBucket bucket, QuotaStanding standing, DateTimeOffset now) =>
        $"{project} has used {standing.Spent} of its {standing.Cap} {bucket.Name()} today; "
        + $"the next day begins at {PacificDay.After(now):u} (midnight in Los Angeles)";
}
