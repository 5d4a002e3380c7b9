using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Can the database be read, and would the disk take a change?</summary>
internal sealed class DatabaseHealth(IDbContextFactory<ShortsDb> databases, DatabaseDamage damage, TimeProvider time)
    : IHealthCheck
{
    private const int LockedSeconds = 2;
    private const double MiB = 1024 * 1024;

    // With a cache this small the rows go to the disk at once, so a disk that takes nothing is seen (a full one when the
    // log's own room is used up, too). The rollback leaves nothing: the next writer uses the same place in the log again.
    private const string Probe = """
        pragma cache_size = 1;
        begin immediate;
        create table HealthProbe (Bytes blob);
        insert into HealthProbe values (zeroblob(65536));
        rollback;
        """;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var place = await PlaceAsync(cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            await TryAsync(place.ConnectionString, cancellationToken);
            if (await damage.KnownAsync(cancellationToken) is { } reason)
                return HealthCheckResult.Unhealthy(reason);
        }
        catch (SqliteException e)
        {
            return HealthCheckResult.Unhealthy(DatabaseStart.Explain(e, place.DataSource));
        }
        var data = new Dictionary<string, object>
        {
            ["answerMilliseconds"] = Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1),
            ["fileMiB"] = SizeMiB(place.DataSource),
            ["logMiB"] = SizeMiB(place.DataSource + "-wal"),
        };
        return HealthCheckResult.Healthy("Can be read and written", data);
    }

    /// <summary>A connection of our own: a file that was removed or replaced is seen, and none is made.</summary>
    private async Task<SqliteConnectionStringBuilder> PlaceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var place = new SqliteConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Pooling = false,
            DefaultTimeout = LockedSeconds,
        };
        if (place.Mode == SqliteOpenMode.ReadWriteCreate)
            place.Mode = SqliteOpenMode.ReadWrite;
        return place;
    }

    private static async Task TryAsync(string place, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(place);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "select max(Id) from Items";
        await command.ExecuteScalarAsync(cancel);
        command.CommandText = Probe;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static double SizeMiB(string path) =>
        new FileInfo(path) is { Exists: true } file ? Math.Round(file.Length / MiB, 1) : 0;
}
