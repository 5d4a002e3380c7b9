namespace ShortsDaemon.Pipeline.Backups;

/// <summary>One backup on its shelf.</summary>
/// <param name="Folder">Its folder; the name of it is the name of the backup.</param>
/// <param name="Manifest">What it consists of; null: it is not whole.</param>
/// <param name="Problem">Why it does not count; null: at a first look it does.</param>
public sealed record Backup(string Folder, BackupManifest? Manifest, string? Problem)
{
    public const string DatabaseName = "shorts.db";
    public const string CredentialsName = "credentials.sealed";

    public string Name => Path.GetFileName(Folder);
    public string Database => Path.Combine(Folder, DatabaseName);
    public string Credentials => Path.Combine(Folder, CredentialsName);
    public bool HasCredentials => Manifest?.Files.Any(file => file.Name == CredentialsName) == true;
    public long SizeBytes => Manifest?.Files.Sum(file => file.SizeBytes) ?? 0;
    public long Rows => Manifest?.Rows.Values.Sum() ?? 0;

    /// <summary>A first look: what is there, and of the right size. <see cref="BackupProof"/> looks into it.</summary>
    public static Backup At(string folder)
    {
        try
        {
            var manifest = BackupManifest.Read(folder);
            return new(folder, manifest, Missing(folder, manifest));
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException)
        {
            return new(folder, null, e.Message);
        }
    }

    private static string? Missing(string folder, BackupManifest manifest)
    {
        foreach (var file in manifest.Files)
        {
            var there = new FileInfo(Path.Combine(folder, file.Name));
            if (!there.Exists)
                return $"'{there.FullName}' is missing";
            if (there.Length != file.SizeBytes)
                return $"'{there.FullName}' has {there.Length} bytes instead of {file.SizeBytes}: it is truncated or another file";
        }
        return manifest.Files.Any(file => file.Name == DatabaseName) ? null : "it has no database";
    }
}
