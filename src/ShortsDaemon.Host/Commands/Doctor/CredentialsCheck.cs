namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Secrets are for the daemon's user alone.</summary>
internal sealed class CredentialsCheck : QuickCheck
{
    private const string FolderName = "credentials";
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    public override string Name => "credentials";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var files = Folders(patient).SelectMany(Secrets).ToList();
        var open = files.Where(file => (File.GetUnixFileMode(file) & Others) != 0).ToList();
        foreach (var file in open)
            yield return Fail($"'{file}' has mode {Mode(file)}; others can reach it", $"chmod 600 '{file}'");
        if (files.Count == 0)
            yield return Ok("none present");
        else if (open.Count == 0)
            yield return Ok($"{files.Count} files, for their owner alone");
    }

    /// <summary>Beside the data, beside where we are started, beside each file of the configuration.</summary>
    private static IEnumerable<string> Folders(Patient patient) =>
        patient
            .Files.Select(file => Path.GetDirectoryName(file)!)
            .Append(patient.Data.Root)
            .Append(Environment.CurrentDirectory)
            .Select(folder => Path.Combine(Path.GetFullPath(folder), FolderName))
            .Distinct()
            .Where(Directory.Exists);

    private static IEnumerable<string> Secrets(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is var name && name[0] != '.' && name != "README.md")
            .Order(StringComparer.Ordinal);

    private static string Mode(string file) => Convert.ToString((int)File.GetUnixFileMode(file), 8).PadLeft(4, '0');
}
