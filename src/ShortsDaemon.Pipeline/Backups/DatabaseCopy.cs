using Microsoft.Data.Sqlite;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>Copies a database while others read and write it.</summary>
internal static class DatabaseCopy
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(20);

    /// <param name="from">The live database.</param>
    /// <param name="to">A file that is not there yet.</param>
    /// <returns>What the copy must have: read from the very state that was copied.</returns>
    /// <exception cref="SqliteException">One of the two cannot be used.</exception>
    public static async Task<DatabaseFacts> MakeAsync(string from, string to)
    {
        using var source = DatabaseAt.Open(from, SqliteOpenMode.ReadOnly);
        DatabaseAt.Ask(source, "PRAGMA busy_timeout = 5000");
        // One reading transaction around counting and copying: writers go on behind it, and no change begins it anew.
        DatabaseAt.Ask(source, "BEGIN");
        var facts = DatabaseFacts.Read(source);
        using (var target = DatabaseAt.Open(to, SqliteOpenMode.ReadWriteCreate))
        {
            // It counts only when all of it is there, and is flushed then.
            DatabaseAt.Ask(target, "PRAGMA synchronous = off");
            using var copied = new CancellationTokenSource();
            var flushing = FlushAllAlongAsync(to, copied.Token);
            try
            {
                source.BackupDatabase(target);
            }
            finally
            {
                await copied.CancelAsync();
                await flushing;
            }
        }
        DatabaseAt.Ask(source, "ROLLBACK");
        DatabaseAt.Close(to);
        DatabaseAt.Sync(to);
        return facts;
    }

    // Otherwise the system writes the whole copy in one go, and writers of the live database wait behind it.
    private static async Task FlushAllAlongAsync(string to, CancellationToken copied)
    {
        while (!copied.IsCancellationRequested)
        {
            await Task.Delay(FlushInterval, TimeProvider.System, copied)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                DatabaseAt.Sync(to);
            }
            catch (IOException)
            {
                return; // the flush at the end will say it
            }
        }
    }
}
