using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>What must be the same in a database and its copy.</summary>
/// <param name="Schema">The last migration.</param>
/// <param name="Rows">Rows by table.</param>
public sealed record DatabaseFacts(string Schema, IReadOnlyDictionary<string, long> Rows)
{
    private const string History = "__EFMigrationsHistory";

    // The lock is a table that comes and goes. The index of words has nothing that Items has not.
    private const string Tables =
        "select name from sqlite_master where type = 'table' and substr(name, 1, 7) <> 'sqlite_' "
        + "and name <> '__EFMigrationsLock' and substr(name, 1, 8) <> 'ItemText' order by name";

    /// <exception cref="BackupException">It is not a database of this program.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static DatabaseFacts Read(SqliteConnection connection)
    {
        var tables = DatabaseAt.Ask(connection, Tables);
        if (!tables.Contains(History, StringComparer.Ordinal))
            throw new BackupException($"'{connection.DataSource}' is not a database of ShortsDaemon.");
        var schema = DatabaseAt.Ask(connection, $"select max(MigrationId) from {History}")[0];
        return new(schema, tables.ToDictionary(table => table, table => Count(connection, table)));
    }

    /// <returns>The first table with another number of rows, in words; null: there is none.</returns>
    public string? DifferenceTo(IReadOnlyDictionary<string, long> rows)
    {
        foreach (var table in Rows.Keys.Union(rows.Keys).Order(StringComparer.Ordinal))
            if (Of(Rows, table) is var here && Of(rows, table) is var there && here != there)
                return $"{table} has {here} rows instead of {there}";
        return null;
    }

    private static string Of(IReadOnlyDictionary<string, long> rows, string table) =>
        rows.TryGetValue(table, out var count) ? count.ToString(CultureInfo.InvariantCulture) : "no";

    private static long Count(SqliteConnection connection, string table) =>
        long.Parse(
            DatabaseAt.Ask(
                connection,
                $"select count(*) from \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            )[0],
            CultureInfo.InvariantCulture
        );
}
