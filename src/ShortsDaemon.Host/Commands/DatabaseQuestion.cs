using System.CommandLine;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The frame of a command that only reads the database: it works while the daemon runs and changes nothing.</summary>
internal static class DatabaseQuestion
{
    /// <param name="answer">Writes the answer and returns the exit code.</param>
    /// <param name="nothing">The same when the daemon has not made a database yet.</param>
    public static async Task<int> AskAsync(
        ParseResult parsed,
        Func<LoadedConfiguration, ShortsDb, Task<int>> answer,
        Func<int> nothing,
        CancellationToken cancel
    )
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        await using var database = new ReadOnlyDatabase(configuration.Live.Value.Storage);
        if (!database.Exists)
            return nothing();
        try
        {
            await database.RequireCurrentAsync(cancel);
            return await answer(configuration, database.Content);
        }
        catch (DatabaseUnusableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e) when (e.GetBaseException() is SqliteException reason)
        {
            await Console.Error.WriteLineAsync(DatabaseStart.Explain(reason, database.Path));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
        }
        return ExitCode.Failed;
    }
}
