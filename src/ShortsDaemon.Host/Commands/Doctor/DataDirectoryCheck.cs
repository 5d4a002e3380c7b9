namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Where everything is written.</summary>
internal sealed class DataDirectoryCheck : QuickCheck
{
    // SQLite's write-ahead log needs shared memory, which no network file system has.
    private static readonly string[] Network = ["nfs", "cifs", "smb", "9p", "afs", "sshfs", "webdav"];
    private static readonly string[] Memory = ["tmpfs", "ramfs"];

    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public override string Name => "data directory";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var root = patient.Data.Root;
        if (FolderProbe.WriteProblem(root) is { } problem)
        {
            yield return Fail(problem, FolderProbe.Mend(root));
            yield break;
        }
        var system = new DriveInfo(FolderProbe.Existing(root)).DriveFormat;
        if (Directory.Exists(root) && (File.GetUnixFileMode(root) & OthersWrite) != 0)
            yield return Warn($"others can write in '{root}'", $"chmod go-w '{root}'");
        var there = Directory.Exists(root) ? "can be written" : "will be made";
        yield return OnFileSystem($"'{root}' {there} ({system})", system);
    }

    internal DoctorLine OnFileSystem(string finding, string system)
    {
        if (Network.Any(name => system.Contains(name, StringComparison.OrdinalIgnoreCase)))
            return Warn(
                $"{finding}; on a network file system the database may be damaged",
                "Choose a directory on a local disk with Daemon:DataDirectory or --data."
            );
        return Memory.Contains(system, StringComparer.OrdinalIgnoreCase)
            ? Warn($"{finding}; it is gone after a restart of the machine", "Choose a directory on a disk.")
            : Ok(finding);
    }
}
