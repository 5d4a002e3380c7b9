using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Is there a backup of late, and would it outlive the disk of the data?</summary>
internal sealed class BackupsCheck : QuickCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromDays(3);

    public override string Name => "backups";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var (folder, root) = (patient.Options.Backup.Directory, patient.Data.Root);
        var isOwn = folder.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);
        if (!Directory.Exists(folder) && !isOwn)
        {
            yield return Warn($"'{folder}' is not there", $"Mount its disk, or make it once: mkdir -p '{folder}'");
            yield break;
        }
        if (FolderProbe.WriteProblem(folder) is { } problem)
        {
            yield return Warn(problem, FolderProbe.Mend(folder));
            yield break;
        }
        yield return Age(patient, folder);
        if (SameDisk.Holds(folder, root))
            yield return Warn($"'{folder}' is on the same disk as the data", "Set Backup:Directory to another disk.");
    }

    private DoctorLine Age(Patient patient, string folder)
    {
        var backups = BackupShelf.List(folder);
        if (backups.FirstOrDefault(backup => backup.Problem is null) is not { Manifest: { } newest } last)
            return patient.Options.Backup.Schedule.Length == 0
                ? Warn($"none in '{folder}', and Backup:Schedule is empty", "Set Backup:Schedule.")
                : Ok($"none in '{folder}' yet");
        var age = patient.Time.GetUtcNow() - newest.MadeAt;
        var finding = FormattableString.Invariant(
            $"'{last.Folder}' is {age.TotalHours:0.0} h old and was verified when it was made, {backups.Count} in all"
        );
        return age > Late ? Warn(finding, "See `ShortsDaemon job backup`, or set Backup:Schedule.") : Ok(finding);
    }
}
