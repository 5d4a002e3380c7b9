using System.Text.Json;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>What a backup consists of. Written last: a folder without it is no backup.</summary>
public sealed record BackupManifest
{
    public const string FileName = "manifest.json";
    public const int Newest = 1;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Version of this form.</summary>
    public int Form { get; init; } = Newest;
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>The last migration of the database.</summary>
    public required string Schema { get; init; }

    /// <summary>Rows by table.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }
    public required IReadOnlyList<BackupFile> Files { get; init; }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    /// <param name="folder">Of the backup.</param>
    /// <exception cref="BackupException">It is missing or cannot be read.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new BackupException($"'{folder}' is no backup: it has no {FileName}. Choose another one.");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Format);
            // A JSON of somebody else has other fields, or none.
            if (manifest is not { Rows: not null, Files: not null, Schema: not null })
                throw new BackupException($"'{path}' is not the manifest of a backup. Choose another one.");
            if (manifest.Form > Newest)
                throw new BackupException(
                    $"'{folder}' was made by a newer ShortsDaemon. Restore it with that version."
                );
            if (manifest.Files.Any(file => Path.GetFileName(file.Name) != file.Name))
                throw new BackupException($"'{path}' names files outside of its folder; it is not one of ours.");
            return manifest;
        }
        catch (Exception e) when (e is JsonException)
        {
            throw new BackupException($"'{path}' cannot be read: it is damaged. Choose another backup.", e);
        }
    }
}

/// <param name="Name">In the folder of the backup.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record BackupFile(string Name, long SizeBytes, string Sha256);
