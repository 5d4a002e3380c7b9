using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Health;

/// <summary>Folders that are backups at a first look.</summary>
internal static class BackupFolders
{
    public const int SizeBytes = 100;

    public static void At(LiveOptions live, DateTimeOffset madeAt, bool isWhole = true)
    {
        var folder = Path.Combine(live.Value.Backup.Directory, $"shorts-{madeAt:yyyyMMdd-HHmmss}");
        Directory.CreateDirectory(folder);
        var manifest = new BackupManifest
        {
            MadeAt = madeAt,
            Program = "1.0",
            Schema = "Initial",
            Rows = new Dictionary<string, long> { ["Items"] = 1 },
            Files = [new BackupFile(Backup.DatabaseName, SizeBytes, "")],
        };
        File.WriteAllBytes(Path.Combine(folder, Backup.DatabaseName), new byte[isWhole ? SizeBytes : 1]);
        File.WriteAllBytes(Path.Combine(folder, BackupManifest.FileName), manifest.Write());
    }
}
