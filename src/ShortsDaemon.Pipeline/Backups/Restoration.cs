using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>Puts a backup in the place of the database, with every destination locked until it has been read back.</summary>
public sealed class Restoration(LiveOptions options, DataFolder data, TimeProvider time)
{
    private string Database => new SqliteConnectionStringBuilder(options.Value.Storage.ConnectionString).DataSource;

    /// <summary>Where the backups are looked for.</summary>
    public IReadOnlyList<Backup> List() => BackupShelf.List(options.Value.Backup.Directory);

    /// <param name="name">Name of a backup, or the path of its folder; null: the newest one that is whole.</param>
    /// <exception cref="BackupException">There is none.</exception>
    public Backup Find(string? name)
    {
        var folder = options.Value.Backup.Directory;
        if (name is null)
            return List().FirstOrDefault(backup => backup.Problem is null)
                ?? throw new BackupException($"There is no backup in '{folder}' (Backup:Directory).");
        var path = Path.GetFullPath(name.Contains('/') ? name : Path.Combine(folder, name));
        return Directory.Exists(path)
            ? Backup.At(path)
            : throw new BackupException($"There is no backup '{path}'. `backup list` shows those that are there.");
    }

    /// <summary>Proves that it could be restored.</summary>
    /// <exception cref="BackupException">It could not; the message says why.</exception>
    public static Task<Backup> VerifyAsync(Backup backup, CancellationToken cancel) =>
        BackupProof.RequireAsync(backup.Folder, cancel);

    /// <summary>Call while holding the instance lock and with no connection to the database.</summary>
    /// <param name="backup">Verified.</param>
    /// <param name="cancel">Gives up; until the end nothing has changed.</param>
    /// <returns>Where the replaced database lies; null: there was none.</returns>
    /// <exception cref="BackupException">It could not be put in place.</exception>
    public async Task<string?> RunAsync(Backup backup, CancellationToken cancel)
    {
        var staged = Database + ".restoring";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Database))!);
            RemoveStaged(staged);
            File.Copy(backup.Database, staged);
            await PrepareAsync(staged, backup, cancel);
            cancel.ThrowIfCancellationRequested();
            // Numbers of items are given out again: another clip must not find what was made of an earlier one.
            if (Directory.Exists(data.Work))
                Directory.Delete(data.Work, recursive: true);
            File.Move(staged, RestoreSwap.Ready(Database), overwrite: true);
            return RestoreSwap.Finish(Database);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or SqliteException or DatabaseUnusableException)
        {
            throw new BackupException($"The backup could not be put in the place of '{Database}': {e.Message}", e);
        }
        finally
        {
            RemoveStaged(staged);
        }
    }

    /// <summary>Brings back the credentials that were sealed with it.</summary>
    /// <returns>Names of the files that were written.</returns>
    /// <exception cref="BackupException">It has none, or the passphrase is missing or another one.</exception>
    public async Task<IReadOnlyList<string>> RestoreCredentialsAsync(Backup backup, CancellationToken cancel)
    {
        var pack = await File.ReadAllBytesAsync(backup.Credentials, cancel);
        var suffix =
            $".replaced-{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        return await CredentialsPack.UnpackAsync(
            pack,
            await PassphraseAsync(backup, cancel),
            options.Value.Daemon.CredentialsDirectory,
            suffix,
            cancel
        );
    }

    /// <summary>Proves that the credentials could be opened.</summary>
    /// <exception cref="BackupException">It has none, or the passphrase is missing or another one.</exception>
    public async Task RequireCredentialsAsync(Backup backup, CancellationToken cancel)
    {
        var passphrase = await PassphraseAsync(backup, cancel);
        Sealed.Open(await File.ReadAllBytesAsync(backup.Credentials, cancel), passphrase);
    }

    private async Task<string> PassphraseAsync(Backup backup, CancellationToken cancel)
    {
        if (!backup.HasCredentials)
            throw new BackupException($"The backup '{backup.Name}' has no credentials in it.");
        return await CredentialsPack.PassphraseAsync(options.Value.Backup, cancel)
            ?? throw new BackupException(
                "The credentials are sealed with a passphrase. Name the file it is in: Backup:PassphraseFile=FILE"
            );
    }

    private async Task PrepareAsync(string staged, Backup backup, CancellationToken cancel)
    {
        var databases = new DatabaseAt(staged);
        await new DatabaseStart(databases).PrepareAsync(cancel);
        await using (var db = databases.CreateDbContext())
        {
            Lock(db, backup);
            await db
                .JobRuns.Where(r => r.Outcome == JobOutcome.Wished)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Outcome, JobOutcome.Interrupted), cancel);
            await db.SaveChangesAsync(cancel);
        }
        DatabaseAt.Close(staged);
        DatabaseAt.Sync(staged);
    }

    private void Lock(ShortsDb db, Backup backup)
    {
        var now = time.GetUtcNow();
        db.Holds.RemoveRange(db.Holds.Where(h => h.Scope.StartsWith(PostingPlace.RestoreDoor)));
        db.Holds.Add(
            new Hold
            {
                Scope = PostingPlace.RestoreDoor,
                Since = now,
                Reason =
                    $"Restored from the backup '{backup.Name}'; the daemon reads back first what has gone out since",
            }
        );
        db.Restores.Add(
            new Restore
            {
                Backup = backup.Name,
                MadeAt = backup.Manifest!.MadeAt,
                RestoredAt = now,
            }
        );
    }

    private static void RemoveStaged(string staged)
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"])
            File.Delete(staged + part);
    }
}
