using System.CommandLine;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>The frame of a command that only reads the database: it works while the daemon runs and changes nothing.</summary>
internal static class DatabaseQuestion
{
    /// <summary>A question whose answer is one list.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="json">Whether the list is wanted as JSON.</param>
    /// <param name="read">Asks for it.</param>
    /// <param name="nothing">What is said when there is none, also when the daemon has not made a database yet.</param>
    /// <param name="row">What the table shows of each.</param>
    /// <param name="heads">The table's heads.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<int> ListAsync<T>(
        ParseResult parsed,
        Option<bool> json,
        Func<ShortsDb, Task<List<T>>> read,
        string nothing,
        Func<T, string[]> row,
        string[] heads,
        CancellationToken cancel
    )
    {
        return AskAsync(parsed, async (_, db) => Show(await read(db)), () => Show([]), cancel);

        int Show(List<T> found)
        {
            if (parsed.GetValue(json))
                JsonOutput.Write(found);
            else if (found.Count == 0)
                Console.WriteLine(nothing);
            else
                Print(found.Select(row), heads);
            return ExitCode.Done;
        }
    }

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

    private static void Print(IEnumerable<string[]> rows, string[] heads)
    {
        var table = new TextTable(heads);
        foreach (var row in rows)
            table.Add(row);
        table.Print();
    }
}
