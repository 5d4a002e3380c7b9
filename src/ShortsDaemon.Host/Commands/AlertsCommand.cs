using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>What the owner should know.</summary>
internal static class AlertsCommand
{
    private static readonly Option<int> Days = new("--days")
    {
        Description = "Also those that were resolved in the last so many days.",
        HelpName = "N",
        DefaultValueFactory = _ => 7,
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "alerts",
            "Lists open alerts and recent ones, newest first. Works while the daemon runs. "
                + "Exit code: 0 done, 1 the database cannot be read, 2 wrong usage or configuration."
        )
        {
            Days,
            Json,
        };
        Days.Validators.Add(GlobalOptions.AtLeastOne);
        command.SetAction(
            (parsed, cancel) =>
                DatabaseQuestion.ListAsync(
                    parsed,
                    Json,
                    db => ReadAsync(db, parsed.GetValue(Days), cancel),
                    "No alerts.",
                    Row,
                    ["raised", "state", "level", "rule", "of", "what"],
                    cancel
                )
        );
        return command;
    }

    private static Task<List<Alert>> ReadAsync(ShortsDb db, int days, CancellationToken cancel)
    {
        var since = TimeProvider.System.GetUtcNow().AddDays(-Math.Min(days, 36500));
        return db
            .Alerts.AsNoTracking()
            .Where(a => a.ResolvedAt == null || a.ResolvedAt >= since)
            .OrderBy(a => a.ResolvedAt != null)
            .ThenByDescending(a => a.RaisedAt)
            .ToListAsync(cancel);
    }

    private static string[] Row(Alert alert) =>
        [
            ChannelClock.Utc.SayWithOffset(alert.RaisedAt),
            alert.ResolvedAt is { } resolved ? $"resolved {ChannelClock.Utc.Say(resolved)}" : "open",
            alert.Level.ToString(),
            alert.Rule,
            alert.Subject,
            alert.Message,
        ];
}
