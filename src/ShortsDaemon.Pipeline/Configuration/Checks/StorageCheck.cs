using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>The database file must be one definite file, wherever the daemon is started from.</summary>
internal static class StorageCheck
{
    private const string Key = $"{nameof(ShortsOptions.Storage)}:{nameof(StorageOptions.ConnectionString)}";
    private const string Mend = "Write for instance Data Source=shorts.db.";

    public static void MakeAbsolute(StorageOptions storage, PathResolver paths, ProblemList problems)
    {
        if (problems.Has(Key))
            return;
        try
        {
            var parts = new SqliteConnectionStringBuilder(storage.ConnectionString);
            if (parts.DataSource.Length == 0)
                problems.Error(Key, "it names no Data Source", Mend);
            else if (IsFile(parts))
                storage.ConnectionString = With(parts, paths);
        }
        catch (ArgumentException wrong)
        {
            // Its message names the keyword, never a value.
            problems.Error(Key, wrong.Message.TrimEnd('.'), Mend);
        }
    }

    private static bool IsFile(SqliteConnectionStringBuilder parts) =>
        parts.Mode != SqliteOpenMode.Memory
        && parts.DataSource != ":memory:"
        && !parts.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        && !parts.DataSource.StartsWith("|DataDirectory|", StringComparison.OrdinalIgnoreCase);

    private static string With(SqliteConnectionStringBuilder parts, PathResolver paths)
    {
        parts.DataSource = paths.TryResolveInDataDirectory(parts.DataSource) ?? parts.DataSource;
        return parts.ConnectionString;
    }
}
