using System.Globalization;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>Makes a backup while the daemon works, proves it and only then lets it count; then removes those whose time is over.</summary>
public sealed class BackupMaker(LiveOptions options, DataFolder data, TimeProvider time)
{
    private const long MiB = 1 << 20;
    private const long Piece = 16 * MiB;
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(20);

    // About 150,000 items. `backup verify` is thorough with any.
    private const long LargestToCompare = 64 * MiB;
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string Program = typeof(BackupMaker).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private string Database => new SqliteConnectionStringBuilder(options.Value.Storage.ConnectionString).DataSource;

    /// <exception cref="BackupException">It could not be made; nothing is left of it.</exception>
    public async Task<MadeBackup> MakeAsync(CancellationToken cancel)
    {
        var settings = options.Value.Backup;
        if (!File.Exists(Database))
            throw new BackupException($"There is no database at '{Database}' yet; start the daemon once.");
        using var shelf = BackupShelf.Enter(settings, data);
        try
        {
            RequireRoom(shelf.Folder);
            var backup = await PutTogetherAsync(shelf, settings, cancel);
            var good = BackupShelf.List(shelf.Folder).Where(other => other.Problem is null);
            var old = Thinning.Superfluous(good, settings, backup.Name);
            foreach (var one in old)
                await RemoveAsync(shelf, one, cancel);
            return new(backup, old.Count, SameDisk.Holds(shelf.Folder, Path.GetDirectoryName(Database)!));
        }
        catch (SqliteException e)
        {
            throw new BackupException(Explain(e, shelf.Folder), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup in '{shelf.Folder}' could not be written: {e.Message}", e);
        }
    }

    // A large file that goes at once keeps the file system busy, and writers of the live database wait behind it.
    private async Task RemoveAsync(BackupShelf shelf, Backup backup, CancellationToken cancel)
    {
        // From here on it is no backup; what an interruption leaves of it goes with the next one.
        var going = shelf.PartOf(backup.Name);
        Directory.Move(backup.Folder, going);
        var database = Path.Combine(going, Backup.DatabaseName);
        await using (var file = new FileStream(database, FileMode.OpenOrCreate, FileAccess.Write))
            for (var left = file.Length - Piece; left > 0; left -= Piece)
            {
                file.SetLength(left);
                await Task.Delay(BetweenPieces, time, cancel);
            }
        Directory.Delete(going, recursive: true);
    }

    private async Task<Backup> PutTogetherAsync(BackupShelf shelf, BackupOptions settings, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var name = NameFor(shelf, now);
        var part = shelf.PartOf(name);
        Directory.CreateDirectory(part, OwnersFolder);
        try
        {
            var facts = await FillAsync(part, settings, cancel);
            var files = FilesAsync(part, cancel);
            await Task.WhenAll(files, ProveAsync(part, facts, cancel));
            var manifest = new BackupManifest
            {
                MadeAt = now,
                Program = Program,
                Schema = facts.Schema,
                Rows = facts.Rows,
                Files = await files,
            };
            await DurableFile.WriteAsync(Path.Combine(part, BackupManifest.FileName), manifest.Write(), cancel);
            Directory.Move(part, shelf.PathOf(name));
            DurableFile.SyncFolder(shelf.Folder);
            return new(shelf.PathOf(name), manifest, null);
        }
        finally
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
        }
    }

    private async Task<DatabaseFacts> FillAsync(string part, BackupOptions settings, CancellationToken cancel)
    {
        if (await CredentialsPack.PassphraseAsync(settings, cancel) is { } passphrase)
        {
            var folder = options.Value.Daemon.CredentialsDirectory;
            var pack = await CredentialsPack.PackAsync(folder, passphrase, settings, cancel);
            await DurableFile.WriteAsync(Path.Combine(part, Backup.CredentialsName), pack, cancel);
        }
        // Neither the copying nor the proof can be interrupted: when it is to stop they are left to a file that is gone.
        var copy = Path.Combine(part, Backup.DatabaseName);
        return await Task.Run(() => DatabaseCopy.MakeAsync(Database, copy), cancel).WaitAsync(cancel);
    }

    private static Task ProveAsync(string part, DatabaseFacts facts, CancellationToken cancel)
    {
        var copy = new FileInfo(Path.Combine(part, Backup.DatabaseName));
        return BackupProof.RequireDatabaseAsync(copy.FullName, facts, copy.Length <= LargestToCompare, cancel);
    }

    private static async Task<IReadOnlyList<BackupFile>> FilesAsync(string part, CancellationToken cancel)
    {
        List<BackupFile> files = [];
        foreach (var path in Directory.EnumerateFiles(part).Order(StringComparer.Ordinal))
            files.Add(
                new(Path.GetFileName(path), new FileInfo(path).Length, await BackupProof.HashAsync(path, cancel))
            );
        return files;
    }

    private static string NameFor(BackupShelf shelf, DateTimeOffset now)
    {
        var name = $"shorts-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var free = name;
        for (var number = 2; Path.Exists(shelf.PathOf(free)); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return free;
    }

    private void RequireRoom(string folder)
    {
        var log = new FileInfo(Database + "-wal");
        var needed = new FileInfo(Database).Length + (log.Exists ? log.Length : 0) + MiB;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
            throw new BackupException(
                $"Only {free / MiB} MiB are free at '{folder}', {needed / MiB} MiB are needed. Free some, or keep fewer backups (Backup:Keep…)."
            );
    }

    private string Explain(SqliteException e, string folder) =>
        e.SqliteErrorCode switch
        {
            13 => $"There is no room for the backup in '{folder}'. Free some, or keep fewer backups (Backup:Keep…).",
            8 => $"'{folder}' cannot be written. Check its owner and how its disk is mounted.",
            _ => DatabaseStart.Explain(e, Database),
        };
}

/// <param name="Backup">What was made.</param>
/// <param name="Removed">How many old ones have gone.</param>
/// <param name="IsOnSameDisk">It would be lost together with the data.</param>
public sealed record MadeBackup(Backup Backup, int Removed, bool IsOnSameDisk);
