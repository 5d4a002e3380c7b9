using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Sets what SQLite keeps per connection.</summary>
internal sealed class ConnectionSettings : DbConnectionInterceptor
{
    // NORMAL is safe against a killed process in WAL mode; a power cut may lose the very last commit, never the file.
    // FULL costs one fsync per commit, little against an encode, and loses nothing: publications depend on it.
    private const string Pragmas = "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
