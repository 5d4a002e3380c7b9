using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Tells one receiver, in one message, what is due for it.</summary>
internal sealed class Courier(
    ShortsDb db,
    ReceiverOptions options,
    AlertReceiver receiver,
    AlertChannels channels,
    DateTimeOffset now
)
{
    private const int MostEntries = 20;

    /// <returns>What came of it; null: there was nothing to tell, or not now.</returns>
    public async Task<Dispatch?> GoAsync(CancellationToken cancel)
    {
        // A time further away was written down by a clock that was wrong.
        if (receiver.NotBefore > now && receiver.NotBefore <= now + AlertPace.LongestPause)
            return null;
        if (Budget < 1 || !await Due(now).AnyAsync(cancel))
            return null;
        var due = Due(now + AlertPace.Together);
        var notice = await ReadAsync(due, cancel);
        return await TryAsync(due, notice, cancel);
    }

    private double Budget => AlertPace.BudgetOf(receiver, options, now);

    private IQueryable<AlertDelivery> Due(DateTimeOffset until)
    {
        var name = receiver.Name;
        var waiting = db.AlertDeliveries.Where(d => d.Receiver == name && d.State == DeliveryState.Waiting);
        var furthest = until + AlertPace.LongestPause;
        waiting = waiting.Where(d => d.DueAt <= until || d.DueAt > furthest);
        return options.QuietHours.Hold(now) ? waiting.Where(d => d.Level == AlertLevel.Critical) : waiting;
    }

    private async Task<Notice> ReadAsync(IQueryable<AlertDelivery> due, CancellationToken cancel)
    {
        var raised = await due.CountAsync(d => d.News == AlertNews.Raised, cancel);
        var resolved = await due.CountAsync(d => d.News == AlertNews.Resolved, cancel);
        var first = await due.OrderBy(d => d.News == AlertNews.Raised ? 0 : 1)
            .ThenBy(d => d.Level == AlertLevel.Critical ? 0 : 1)
            .ThenBy(d => d.Id)
            .Take(MostEntries)
            .Join(db.Alerts, d => d.AlertId, a => a.Id, (delivery, alert) => new { delivery, alert })
            .AsNoTracking()
            .ToListAsync(cancel);
        return new Notice(
            Environment.MachineName,
            now,
            [.. first.Select(f => Entry(f.delivery, f.alert))],
            raised,
            resolved
        );
    }

    private NoticeEntry Entry(AlertDelivery delivery, Alert alert) =>
        new(
            alert.Id,
            delivery.News,
            alert.Level,
            alert.Rule,
            alert.Subject,
            string.Concat(SecretFree.Text(alert.Message).Select(c => char.IsControl(c) && c != '\n' ? ' ' : c)),
            delivery.FirstRaisedAt,
            alert.ResolvedAt <= now ? alert.ResolvedAt : null,
            delivery.Times
        );

    // Whoever stops meanwhile: what is known of the outcome has to be written down.
    private async Task<Dispatch> TryAsync(IQueryable<AlertDelivery> due, Notice notice, CancellationToken stop)
    {
        try
        {
            await channels.SendAsync(options, notice, stop);
        }
        catch (NotToldException e)
        {
            return new Dispatch(notice, e.Message, await FailAsync(due, e));
        }
        await SucceedAsync(due);
        return new Dispatch(notice, null, 0);
    }

    private async Task SucceedAsync(IQueryable<AlertDelivery> due)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        // The message has said that these are well again.
        await due.Where(d => d.News == AlertNews.Raised && d.Times < AlertPace.Flapping)
            .Where(d => db.Alerts.Any(a => a.Id == d.AlertId && a.ResolvedAt <= now))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.News, AlertNews.Resolved));
        await due.ExecuteUpdateAsync(s =>
            s.SetProperty(d => d.State, DeliveryState.Told)
                .SetProperty(d => d.ToldAt, now)
                .SetProperty(d => d.LastError, (string?)null)
        );
        (receiver.Budget, receiver.BudgetAt) = (Budget - 1, now);
        (receiver.Failures, receiver.LastError, receiver.NotBefore, receiver.LastToldAt) = (0, null, null, now);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <returns>How many are given up.</returns>
    private async Task<int> FailAsync(IQueryable<AlertDelivery> due, NotToldException reason)
    {
        var old = now - AlertPace.GiveUpAfter;
        await using var transaction = await db.Database.BeginTransactionAsync();
        await due.ExecuteUpdateAsync(s =>
            s.SetProperty(d => d.Tries, d => d.Tries + 1).SetProperty(d => d.LastError, reason.Message)
        );
        var givenUp = await due.Where(d => d.DueAt < old)
            .Where(d => d.News == AlertNews.Resolved || db.Alerts.Any(a => a.Id == d.AlertId && a.ResolvedAt != null))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DeliveryState.GivenUp));
        receiver.Failures++;
        receiver.LastError = reason.Message;
        receiver.NotBefore = now + AlertPace.PauseAfter(receiver.Failures, reason.RetryAfter);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return givenUp;
    }
}

/// <summary>A message that was tried.</summary>
/// <param name="Notice">What was to be told.</param>
/// <param name="Trouble">Why it did not arrive; null: it did.</param>
/// <param name="GivenUp">Alerts that will not be told any more.</param>
internal sealed record Dispatch(Notice Notice, string? Trouble, int GivenUp);
