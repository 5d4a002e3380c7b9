using System.CommandLine;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Import;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Import;

/// <summary>Remembers what an older tool has posted, so that none of it is posted again. Works while the daemon runs.</summary>
internal static class ImportHistoryCommand
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = "A CSV file with a header, or an SQLite database.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Tells what would be kept and keeps nothing.",
    };

    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "history",
            "Remembers what an older tool has posted: none of it is posted again. May be repeated, and works while the "
                + "daemon runs. Exit code: 0 done, 1 the database cannot be used, 2 wrong usage or configuration, "
                + "3 the file is refused."
        )
        {
            File,
            DryRun,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (LoadedConfiguration.Load(parsed) is not { } configuration)
            return ExitCode.Usage;
        var path = parsed.GetRequiredValue(File);
        try
        {
            var import = HistoryImport.Read(path, TimeProvider.System.GetUtcNow());
            if (import.IsRefused)
                return Refuse(path, import);
            var fresh = parsed.GetValue(DryRun)
                ? await ForeseeAsync(configuration, import, cancel)
                : await KeepAsync(configuration, import, cancel);
            ImportReport.Write(path, import, fresh, parsed.GetValue(DryRun), parsed.GetValue(Json));
            return ExitCode.Done;
        }
        catch (PastHistoryException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Refused;
        }
        catch (DatabaseUnusableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e) when (e.GetBaseException() is SqliteException reason)
        {
            await Console.Error.WriteLineAsync(DatabaseStart.Explain(reason, DatabaseOf(configuration)));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was kept.");
        }
        return ExitCode.Failed;
    }

    private static int Refuse(string path, HistoryImport import)
    {
        ImportReport.WriteBad(import);
        Console.Error.WriteLine(
            $"'{path}' is refused: {import.Bad.Count} of {import.Table.Rows.Count} rows are bad. Nothing was kept."
        );
        return ExitCode.Refused;
    }

    private static async Task<int> ForeseeAsync(
        LoadedConfiguration configuration,
        HistoryImport import,
        CancellationToken cancel
    )
    {
        await using var database = new ReadOnlyDatabase(configuration.Live.Value.Storage);
        if (!database.Exists)
            return import.Posts.DistinctBy(HistoryImport.MarkOf).Count();
        await database.RequireCurrentAsync(cancel);
        return (await import.NewAsync(database.Content, cancel)).Count;
    }

    private static async Task<int> KeepAsync(
        LoadedConfiguration configuration,
        HistoryImport import,
        CancellationToken cancel
    )
    {
        await using var services = CommandServices.Build(configuration, toFile: false);
        using (var taken = InstanceLock.TryTake(CommandServices.DataOf(configuration)))
        {
            // When a daemon has the lock, it has prepared the database.
            if (taken is not null)
                await services.GetRequiredService<DatabaseStart>().PrepareAsync(cancel);
            else
                await RequireCurrentAsync(configuration, cancel);
        }
        await using var db = await services
            .GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<ShortsDb>>()
            .CreateDbContextAsync(cancel);
        return await import.KeepAsync(db, cancel);
    }

    private static async Task RequireCurrentAsync(LoadedConfiguration configuration, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(configuration.Live.Value.Storage);
        await database.RequireCurrentAsync(cancel);
    }

    private static string DatabaseOf(LoadedConfiguration configuration) =>
        new SqliteConnectionStringBuilder(configuration.Live.Value.Storage.ConnectionString).DataSource;
}
