using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Support;

/// <summary>What the database can tell of a fault. Upload sessions never leave it.</summary>
internal static class DatabasePart
{
    private const int Attempts = 300;
    private const int Others = 100;

    public static async Task<object> ReadAsync(Patient patient, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(patient.Options.Storage);
        if (!database.Exists)
            return new { database.Path, Note = "it is not there yet" };
        var connection = (SqliteConnection)database.Content.Database.GetDbConnection();
        await database.Content.Database.OpenConnectionAsync(cancel);
        var age = await database.AgeAsync(cancel);
        return new
        {
            database.Path,
            SizeMiB = Math.Round(new FileInfo(database.Path).Length / 1024.0 / 1024.0, 1),
            Age = age,
            Facts = DatabaseFacts.Read(connection),
            // Tables of another version may have other columns.
            Latest = age == DatabaseAge.Current ? await LatestAsync(database.Content, cancel) : null,
        };
    }

    private static async Task<object> LatestAsync(ShortsDb db, CancellationToken cancel) =>
        new
        {
            Items = await ItemsAsync(db, cancel),
            Attempts = await db.Attempts.AsNoTracking().OrderByDescending(a => a.Id).Take(Attempts).ToListAsync(cancel),
            Publications = await PublicationsAsync(db, cancel),
            Runs = await db.Runs.AsNoTracking().OrderByDescending(r => r.Id).Take(Others).ToListAsync(cancel),
            Jobs = await db.JobRuns.AsNoTracking().OrderByDescending(r => r.Id).Take(Others).ToListAsync(cancel),
            Alerts = await db.Alerts.AsNoTracking().OrderByDescending(a => a.Id).Take(Others).ToListAsync(cancel),
            Deliveries = await db
                .AlertDeliveries.AsNoTracking()
                .OrderByDescending(d => d.Id)
                .Take(Others)
                .ToListAsync(cancel),
            Holds = await db.Holds.AsNoTracking().ToListAsync(cancel),
            Breakers = await db.Breakers.AsNoTracking().ToListAsync(cancel),
            Fires = await db
                .FireSlots.AsNoTracking()
                .Where(f => f.Outcome != FireOutcome.Ran)
                .OrderByDescending(f => f.DueAt)
                .Take(Others)
                .ToListAsync(cancel),
            Quota = await db.QuotaDays.AsNoTracking().OrderByDescending(q => q.Day).Take(Others).ToListAsync(cancel),
            Restores = await db.Restores.AsNoTracking().ToListAsync(cancel),
        };

    private static async Task<object> ItemsAsync(ShortsDb db, CancellationToken cancel) =>
        await db
            .Items.AsNoTracking()
            .OrderByDescending(i => i.ChangedAt)
            .Take(Others)
            .Select(i => new
            {
                i.Id,
                i.Channel,
                i.Title,
                i.State,
                i.Reason,
                i.Trouble,
                i.Tries,
                i.Waits,
                i.NotBefore,
                i.DiscoveredAt,
                i.ChangedAt,
            })
            .ToListAsync(cancel);

    private static async Task<object> PublicationsAsync(ShortsDb db, CancellationToken cancel) =>
        await db
            .Publications.AsNoTracking()
            .OrderByDescending(p => p.Id)
            .Take(Others)
            .Select(p => new
            {
                p.ItemId,
                p.Destination,
                p.RemoteId,
                p.IntendedAt,
                p.SlotAt,
                HasSession = p.SessionUri != null,
                p.AcknowledgedBytes,
                p.PublishedAt,
                p.SettledAt,
                p.Rejection,
                p.Remark,
            })
            .ToListAsync(cancel);
}
