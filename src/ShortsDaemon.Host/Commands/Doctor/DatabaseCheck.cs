using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Opens the database, asks for its version and lets SQLite look it over. Changes nothing.</summary>
internal sealed class DatabaseCheck : DoctorCheck
{
    private const int LongestLookSeconds = 60;

    public override string Name => "database";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(patient.Options.Storage);
        if (!database.Exists)
            return [Ok($"'{database.Path}' is not there yet; the first start makes it")];
        try
        {
            return [await LookAsync(database, cancel)];
        }
        catch (Exception e) when (e.GetBaseException() is SqliteException reason)
        {
            return [Fail($"SQLite says: {reason.Message}", DatabaseStart.Explain(reason, database.Path))];
        }
    }

    private async Task<DoctorLine> LookAsync(ReadOnlyDatabase database, CancellationToken cancel)
    {
        var age = await database.AgeAsync(cancel);
        database.Content.Database.SetCommandTimeout(LongestLookSeconds);
        var verdict = await database
            .Content.Database.SqlQuery<string>($"select quick_check as Value from pragma_quick_check(1)")
            .FirstAsync(cancel);
        if (verdict != "ok")
            return Fail(
                $"'{database.Path}' is damaged: {verdict}",
                "Restore a backup, or move the file away to begin anew."
            );
        return age switch
        {
            DatabaseAge.Newer => Fail(
                $"'{database.Path}' was written by a newer ShortsDaemon",
                "Start that version again, or restore a backup made by this one."
            ),
            DatabaseAge.Older => Warn(
                $"'{database.Path}' is whole, but of an older version",
                "The next start brings it up to date; copy the data directory before."
            ),
            _ => Ok($"'{database.Path}' is whole and of this version"),
        };
    }
}
