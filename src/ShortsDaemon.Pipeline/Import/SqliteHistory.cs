using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ShortsDaemon.Pipeline.Import;

/// <summary>An SQLite file: the table whose columns tell most.</summary>
internal static class SqliteHistory
{
    public static PastTable Read(string path)
    {
        var place = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        try
        {
            using var connection = new SqliteConnection(place.ToString());
            connection.Open();
            return Best(connection, path);
        }
        catch (SqliteException e)
        {
            throw new PastHistoryException($"'{path}' cannot be read as an SQLite database: {e.Message}", e);
        }
    }

    private static PastTable Best(SqliteConnection connection, string path)
    {
        const string Tables =
            "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'";
        var tables = Rows(connection, Tables).Select(row => row[0]).Order(StringComparer.Ordinal).ToList();
        var known = tables
            .Select(name => (Name: name, Columns: ColumnsOf(connection, name)))
            .Where(table => PastColumns.Of(table.Columns).IsEnough)
            .OrderByDescending(table => PastColumns.Of(table.Columns).Understood.Count)
            .ThenByDescending(table => Count(connection, table.Name))
            .ToList();
        if (known.Count == 0)
            throw new PastHistoryException(
                $"No table of '{path}' has a column with clip ids, clip addresses or titles; there are: "
                    + $"{string.Join(", ", tables)}. Export what was posted as CSV with the columns clip_id, title, "
                    + "youtube_id, posted_at."
            );
        var (name, columns) = known[0];
        var rows = Rows(connection, $"select * from {Quoted(name)}");
        return new PastTable(
            $"table '{name}' of an SQLite database",
            columns,
            [.. rows.Select((cells, i) => new PastRow(i + 1, cells))]
        );
    }

    private static List<string> ColumnsOf(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select * from {Quoted(table)} limit 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static long Count(SqliteConnection connection, string table) =>
        long.Parse(Rows(connection, $"select count(*) from {Quoted(table)}")[0][0], CultureInfo.InvariantCulture);

    private static List<string[]> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names come from the file's own catalogue and are quoted
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))]);
        return rows;
    }

    private static string Text(object value) =>
        value is byte[] ? "" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
