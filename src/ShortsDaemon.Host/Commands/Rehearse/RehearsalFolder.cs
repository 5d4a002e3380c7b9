namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>Everything a rehearsal writes lies in one folder; each rehearsal begins with an empty one and leaves it to be looked at.</summary>
internal sealed record RehearsalFolder(string Root)
{
    public string Data => Path.Combine(Root, "data");
    public string Media => Path.Combine(Root, "world");
    public string Credentials => Path.Combine(Root, "credentials");
    public string ClientSecret => Path.Combine(Credentials, "client_secret.json");
    public string Configuration => Path.Combine(Root, "rehearsal.json");
    public string Database => Path.Combine(Data, "shorts.db");

    public static RehearsalFolder Make(string dataDirectory)
    {
        var folder = new RehearsalFolder(Path.Combine(dataDirectory, "rehearsal"));
        if (Directory.Exists(folder.Root))
            Directory.Delete(folder.Root, recursive: true);
        foreach (var part in new[] { folder.Data, folder.Media })
            Directory.CreateDirectory(part);
        Directory.CreateDirectory(
            folder.Credentials,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        return folder;
    }
}
