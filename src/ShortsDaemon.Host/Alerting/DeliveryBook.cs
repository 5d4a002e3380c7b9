using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Alerting;

/// <summary>Writes down what one receiver is to be told: each trouble once, however often it comes and goes.</summary>
internal sealed class DeliveryBook(ShortsDb db, ReceiverOptions options, DateTimeOffset now)
{
    private const int AtOnce = 500;

    private readonly string _name = options.NameOrType;

    private IQueryable<AlertDelivery> Mine => db.AlertDeliveries.Where(d => d.Receiver == _name);

    /// <returns>The receiver's row, up to date.</returns>
    public async Task<AlertReceiver> BringUpToDateAsync(CancellationToken cancel)
    {
        var receiver = await db.AlertReceivers.FindAsync([_name], cancel) ?? await WelcomeAsync(cancel);
        while (await TakeInAsync(receiver, cancel)) { }
        await DropBriefAsync(cancel);
        await DropAcknowledgedAsync(cancel);
        await ExpectRecoveryAsync(cancel);
        return receiver;
    }

    // What is open is told to a new receiver, too; what was over before it came is not.
    private async Task<AlertReceiver> WelcomeAsync(CancellationToken cancel)
    {
        var firstOpen = await db.Alerts.Where(a => a.ResolvedAt == null).MinAsync(a => (long?)a.Id, cancel);
        var last = await db.Alerts.MaxAsync(a => (long?)a.Id, cancel);
        var receiver = new AlertReceiver
        {
            Name = _name,
            Since = now,
            SeenUpTo = firstOpen - 1 ?? last ?? 0,
            BudgetAt = DateTimeOffset.UnixEpoch,
        };
        db.AlertReceivers.Add(receiver);
        await db.SaveChangesAsync(cancel);
        return receiver;
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> TakeInAsync(AlertReceiver receiver, CancellationToken cancel)
    {
        var alerts = await db
            .Alerts.AsNoTracking()
            .Where(a => a.Id > receiver.SeenUpTo)
            .OrderBy(a => a.Id)
            .Take(AtOnce)
            .ToListAsync(cancel);
        if (alerts.Count == 0)
            return false;
        var known = await KnownAsync(alerts, cancel);
        foreach (var alert in alerts.Where(a => IsWanted(a, receiver)))
            TakeIn(alert, known);
        receiver.SeenUpTo = alerts[^1].Id;
        await db.SaveChangesAsync(cancel);
        foreach (var entry in db.ChangeTracker.Entries<AlertDelivery>().ToList())
            entry.State = EntityState.Detached;
        return alerts.Count == AtOnce;
    }

    private bool IsWanted(Alert alert, AlertReceiver receiver) =>
        options.Wants(alert.Rule, alert.Level) && (alert.ResolvedAt is null || alert.ResolvedAt > receiver.Since);

    private async Task<Dictionary<(string, string), AlertDelivery>> KnownAsync(
        List<Alert> alerts,
        CancellationToken cancel
    )
    {
        var rules = alerts.Select(a => a.Rule).Distinct().ToList();
        var subjects = alerts.Select(a => a.Subject).Distinct().ToList();
        // Found by its index; a join with the alerts would read every delivery for each of them.
        var known = await Mine.Where(d => d.IsCurrent && rules.Contains(d.Rule) && subjects.Contains(d.Subject))
            .ToListAsync(cancel);
        return known.ToDictionary(d => (d.Rule, d.Subject));
    }

    private void TakeIn(Alert alert, Dictionary<(string, string), AlertDelivery> known)
    {
        var key = (alert.Rule, alert.Subject);
        if (known.TryGetValue(key, out var before))
        {
            if (before.AlertId == alert.Id)
                return;
            if (GoesOn(before, alert))
            {
                Continue(before, alert);
                return;
            }
            before.IsCurrent = false;
        }
        db.AlertDeliveries.Add(known[key] = New(alert));
    }

    private AlertDelivery New(Alert alert) =>
        new()
        {
            AlertId = alert.Id,
            Receiver = _name,
            Rule = alert.Rule,
            Subject = alert.Subject,
            Level = alert.Level,
            FirstRaisedAt = alert.RaisedAt,
            DueAt = alert.RaisedAt + AlertPace.BriefOf(alert.Level),
        };

    private static bool GoesOn(AlertDelivery before, Alert alert) =>
        before switch
        {
            { State: DeliveryState.Waiting } or { State: DeliveryState.Told, News: AlertNews.Raised } => true,
            { State: DeliveryState.NotNeeded } => alert.RaisedAt - before.FirstRaisedAt <= AlertPace.FlapWindow,
            _ => false,
        };

    private static void Continue(AlertDelivery delivery, Alert alert)
    {
        delivery.AlertId = alert.Id;
        delivery.Level = alert.Level;
        delivery.Times++;
        if (delivery.News == AlertNews.Resolved)
            (delivery.News, delivery.State) = (AlertNews.Raised, DeliveryState.Told); // it does not know that it was well
        if (delivery.State == DeliveryState.Told)
            return;
        if (delivery.Times >= AlertPace.Flapping)
            delivery.DueAt = Min(delivery.DueAt, alert.RaisedAt);
        else if (delivery.State == DeliveryState.NotNeeded || delivery.DueAt > alert.RaisedAt)
            delivery.DueAt = alert.RaisedAt + AlertPace.BriefOf(alert.Level);
        delivery.State = DeliveryState.Waiting;
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private Task DropBriefAsync(CancellationToken cancel) =>
        UpdateAsync(
            Mine.Where(d => d.State == DeliveryState.Waiting && d.News == AlertNews.Raised)
                .Where(d => d.Times < AlertPace.Flapping)
                .Where(d => db.Alerts.Any(a => a.Id == d.AlertId && a.ResolvedAt < d.DueAt)),
            found => found.ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DeliveryState.NotNeeded), cancel),
            cancel
        );

    // Somebody looks after it already.
    private Task DropAcknowledgedAsync(CancellationToken cancel) =>
        UpdateAsync(
            Mine.Where(d => d.State == DeliveryState.Waiting && d.News == AlertNews.Raised)
                .Where(d => db.Alerts.Any(a => a.Id == d.AlertId && a.AcknowledgedAt != null)),
            found => found.ExecuteUpdateAsync(s => s.SetProperty(d => d.State, DeliveryState.NotNeeded), cancel),
            cancel
        );

    private Task ExpectRecoveryAsync(CancellationToken cancel)
    {
        var due = now + AlertPace.Calm;
        return UpdateAsync(
            Mine.Where(d => d.State == DeliveryState.Told && d.News == AlertNews.Raised)
                .Where(d => db.Alerts.Any(a => a.Id == d.AlertId && a.ResolvedAt != null)),
            found =>
                found.ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(d => d.News, AlertNews.Resolved)
                            .SetProperty(d => d.State, DeliveryState.Waiting)
                            .SetProperty(d => d.DueAt, due),
                    cancel
                ),
            cancel
        );
    }

    // Looking first keeps a quiet daemon from taking the right to write every few seconds.
    private static async Task UpdateAsync(
        IQueryable<AlertDelivery> rows,
        Func<IQueryable<AlertDelivery>, Task<int>> update,
        CancellationToken cancel
    )
    {
        if (await rows.AnyAsync(cancel))
            await update(rows);
    }
}
