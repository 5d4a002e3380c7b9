using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>An alert.</summary>
/// <param name="Told">What became of telling it, for each receiver; an earlier alert of the same trouble has none of its own.</param>
public sealed record AlertLine(
    long Id,
    string Rule,
    string Subject,
    AlertLevel Level,
    string Message,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ResolvedAt,
    IReadOnlyList<DeliveryLine> Told
)
{
    /// <summary>When a person said to know of it, and who; null: nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
}

/// <param name="Receiver">Who.</param>
/// <param name="News">What it is told, or was told last.</param>
/// <param name="State">How far that is.</param>
/// <param name="ToldAt">When it was told last.</param>
/// <param name="Why">Why it could not be told the last time.</param>
public sealed record DeliveryLine(
    string Receiver,
    AlertNews News,
    DeliveryState State,
    DateTimeOffset? ToldAt,
    string? Why
)
{
    /// <summary>For instance "Telegram: told", "Slack: waits (it answered 503)".</summary>
    public override string ToString() =>
        $"{Receiver}: {State switch
        {
            DeliveryState.Waiting when News == AlertNews.Resolved => "told, recovery waits",
            DeliveryState.Waiting => "waits",
            DeliveryState.Told when News == AlertNews.Resolved => "told, and that it is well",
            DeliveryState.Told => "told",
            DeliveryState.NotNeeded => "not needed",
            _ => "GIVEN UP",
        }}{(Why is null ? "" : $" ({Why})")}";
}

/// <summary>What `alerts` lists.</summary>
internal static class AlertLines
{
    /// <param name="db">The database.</param>
    /// <param name="receivers">Those in the configuration; what others were told is left out.</param>
    /// <param name="since">Of those that were resolved only the later ones.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<List<AlertLine>> ReadAsync(
        ShortsDb db,
        IReadOnlyList<ReceiverOptions> receivers,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        var names = receivers.Select(r => r.NameOrType).ToList();
        var wanted = db.Alerts.AsNoTracking().Where(a => a.ResolvedAt == null || a.ResolvedAt >= since);
        var told = await db
            .AlertDeliveries.AsNoTracking()
            .Where(d => names.Contains(d.Receiver) && wanted.Any(a => a.Id == d.AlertId))
            .OrderBy(d => d.Receiver)
            .ToListAsync(cancel);
        var byAlert = told.ToLookup(
            d => d.AlertId,
            d => new DeliveryLine(d.Receiver, d.News, d.State, d.ToldAt, d.LastError)
        );
        var alerts = await wanted
            .OrderBy(a => a.ResolvedAt != null)
            .ThenByDescending(a => a.RaisedAt)
            .ToListAsync(cancel);
        return alerts.ConvertAll(a => new AlertLine(
            a.Id,
            a.Rule,
            a.Subject,
            a.Level,
            a.Message,
            a.RaisedAt,
            a.ResolvedAt,
            [.. byAlert[a.Id]]
        )
        {
            AcknowledgedAt = a.AcknowledgedAt,
            AcknowledgedBy = a.AcknowledgedBy,
        });
    }

    public static void Print(List<AlertLine> lines)
    {
        var table = new TextTable("raised", "state", "level", "rule", "of", "what", "who knows");
        foreach (var alert in lines)
            table.Add(
                ChannelClock.Utc.SayWithOffset(alert.RaisedAt),
                alert.ResolvedAt is { } resolved ? $"resolved {ChannelClock.Utc.Say(resolved)}"
                    : alert.AcknowledgedBy is { } who ? $"open, known to {who}"
                    : "open",
                alert.Level.ToString(),
                alert.Rule,
                alert.Subject,
                alert.Message,
                string.Join("; ", alert.Told)
            );
        table.Print();
    }
}
