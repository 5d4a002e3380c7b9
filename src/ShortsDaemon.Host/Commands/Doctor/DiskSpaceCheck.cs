using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Room for work and for Shorts, by the marks of the health page.</summary>
internal sealed class DiskSpaceCheck : QuickCheck
{
    private const double MiB = 1024 * 1024;

    public override string Name => "free space";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var folders = patient
            .EnabledChannels.SelectMany(channel => channel.Value.Destinations.OfType<FolderDestinationOptions>())
            .Select(destination => destination.Path)
            .Where(path => path.Length > 0)
            .Prepend(patient.Data.Root)
            .Distinct();
        foreach (var folder in folders)
        {
            var drive = new DriveInfo(FolderProbe.Existing(folder));
            yield return Judge(folder, drive.AvailableFreeSpace, drive.TotalSize, patient.Options.Health);
        }
    }

    internal DoctorLine Judge(string folder, long free, long total, HealthOptions marks)
    {
        var percent = total > 0 ? 100.0 * free / total : 0;
        var finding = $"{free / MiB:0} MiB ({percent:0.#} %) at '{folder}'";
        if (free < marks.DiskMinimumMiB * MiB)
            return Fail(
                $"{finding}; below {marks.DiskMinimumMiB:0} MiB no work starts",
                "Free some, or change Health:DiskMinimumMiB."
            );
        return percent < marks.DiskWarnPercent
            ? Warn($"{finding}; {marks.DiskWarnPercent:0.#} % should be free", "Free some soon.")
            : Ok(finding);
    }
}
