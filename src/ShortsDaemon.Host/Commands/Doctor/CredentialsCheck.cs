namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Secrets are there, and for the daemon's user alone. Whether a login works is looked at by its platform's check.</summary>
internal sealed class CredentialsCheck : QuickCheck
{
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
        foreach (var (key, file) in SecretFiles.Named(patient).Where(named => !File.Exists(named.File)))
            yield return Fail($"{key}: '{file}' does not exist", "Write it (chmod 600), or take the key out.");
        var files = SecretFiles.Of(patient);
        var open = files.Where(file => (File.GetUnixFileMode(file) & Others) != 0).ToList();
        foreach (var file in open)
            yield return Fail($"'{file}' has mode {Mode(file)}; others can reach it", $"chmod 600 '{file}'");
        if (files.Count == 0)
            yield return Ok("none present");
        else if (open.Count == 0)
            yield return Ok($"{files.Count} files, for their owner alone");
    }

    private static string Mode(string file) => Convert.ToString((int)File.GetUnixFileMode(file), 8).PadLeft(4, '0');
}
