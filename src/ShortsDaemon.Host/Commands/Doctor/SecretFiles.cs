namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Which files hold secrets.</summary>
internal static class SecretFiles
{
    private const string FolderName = "credentials";

    /// <returns>All that are there.</returns>
    public static IReadOnlyList<string> Of(Patient patient) =>
        [
            .. Folders(patient)
                .SelectMany(InFolder)
                .Concat(Named(patient).Select(named => named.File))
                .Where(File.Exists)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Those that a key of the configuration names, there or not. Receivers of alerts are asked by their own check.</summary>
    public static IEnumerable<(string Key, string File)> Named(Patient patient)
    {
        var (options, pings) = (patient.Options, patient.Options.HealthPing);
        (string Key, string File)[] named =
        [
            ("Backup:PassphraseFile", options.Backup.PassphraseFile),
            ("HealthPing:UrlFile", pings.UrlFile),
            ("HealthPing:ProjectUrlFile", pings.ProjectUrlFile),
            ("Transcription:OpenAi:KeyFile", options.Transcription.OpenAi.KeyFile),
            ("Transcription:Deepgram:KeyFile", options.Transcription.Deepgram.KeyFile),
        ];
        return named.Where(one => one.File.Length > 0);
    }

    /// <summary>The configured one, and those beside the data, beside where we are started, beside each file of the configuration.</summary>
    private static IEnumerable<string> Folders(Patient patient) =>
        patient
            .Files.Select(file => Path.GetDirectoryName(file)!)
            .Append(patient.Data.Root)
            .Append(Environment.CurrentDirectory)
            .Select(folder => Path.Combine(Path.GetFullPath(folder), FolderName))
            .Append(Path.GetFullPath(patient.Options.Daemon.CredentialsDirectory))
            .Distinct()
            .Where(Directory.Exists);

    private static IEnumerable<string> InFolder(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is var name && name[0] != '.' && name != "README.md")
            .Order(StringComparer.Ordinal);
}
