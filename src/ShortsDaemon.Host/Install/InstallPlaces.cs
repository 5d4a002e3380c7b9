namespace ShortsDaemon.Host.Install;

/// <summary>Where an installation lies unless somebody says otherwise.</summary>
/// <param name="Root">The program.</param>
/// <param name="Data">What the daemon writes.</param>
/// <param name="Config">What its owner writes.</param>
internal sealed record InstallPlaces(string Root, string Data, string Config)
{
    private const string ConfigName = "shortsdaemon.json";

    public static InstallPlaces For(bool isSystem) =>
        isSystem ? new("/opt/shortsdaemon", "/var/lib/shortsdaemon", "/etc/shortsdaemon/" + ConfigName)
        : OperatingSystem.IsMacOS() ? At(Path.Combine(Home, "Library/Application Support/ShortsDaemon"))
        : ForUser();

    /// <summary>Everything in one folder.</summary>
    public static InstallPlaces At(string root) =>
        new(root, Path.Combine(root, "data"), Path.Combine(root, ConfigName));

    /// <summary>The installation that this program belongs to; null: it belongs to none.</summary>
    public static InstallRoot? Own()
    {
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var above = new[] { Path.GetDirectoryName(folder), Path.GetDirectoryName(Path.GetDirectoryName(folder)) };
        return above
            .OfType<string>()
            .Select(path => new InstallRoot(path))
            .FirstOrDefault(root => File.Exists(root.Record));
    }

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    // The folders of the XDG base directory specification.
    private static InstallPlaces ForUser()
    {
        var root = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
            "shortsdaemon"
        );
        var settings = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        return new(root, Path.Combine(root, "data"), Path.Combine(settings, "shortsdaemon", ConfigName));
    }
}
