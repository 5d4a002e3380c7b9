using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Host.Commands.Backups;

/// <summary>A backup as it is told.</summary>
/// <param name="Name">Of the backup.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="MadeAt">When; null: it is not whole.</param>
/// <param name="SizeBytes">Size of all files.</param>
/// <param name="Rows">Rows of all tables.</param>
/// <param name="Schema">The last migration.</param>
/// <param name="HasCredentials">They are in it.</param>
/// <param name="Problem">Why it does not count; null: at a first look it does.</param>
internal sealed record BackupLine(
    string Name,
    string Folder,
    DateTimeOffset? MadeAt,
    long SizeBytes,
    long Rows,
    string? Schema,
    bool HasCredentials,
    string? Problem
)
{
    public static BackupLine Of(Backup backup) =>
        new(
            backup.Name,
            backup.Folder,
            backup.Manifest?.MadeAt,
            backup.SizeBytes,
            backup.Rows,
            backup.Manifest?.Schema,
            backup.HasCredentials,
            backup.Problem
        );
}
