namespace ShortsDaemon.Host.Install;

/// <summary>Where everything of an installation lies; the data is elsewhere.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record InstallRoot(string Path)
{
    /// <summary>One folder for each version.</summary>
    public string Releases => In("releases");

    /// <summary>The link to the release that runs.</summary>
    public string Current => In("current");

    /// <summary>How it was installed, and what was upgraded since.</summary>
    public string Record => In("install.json");

    /// <summary>There while an upgrade or a way back is under way.</summary>
    public string Journal => In("upgrade.json");

    /// <summary>What the daemon prints, where no service manager keeps it.</summary>
    public string Output => In("service.log");

    /// <summary>Lets one process at a time change the installation.</summary>
    /// <exception cref="InstallException">Another one is at it, or the folder cannot be written.</exception>
    public IDisposable Enter()
    {
        try
        {
            Directory.CreateDirectory(Releases);
            return new FileStream(In("install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InstallException(
                $"'{Path}' cannot be written: {e.Message} Run it as its owner, or name another --root.",
                e
            );
        }
        catch (IOException e)
        {
            throw new InstallException(
                $"'{Path}' cannot be used: {e.Message} If another install or upgrade is under way, wait for it.",
                e
            );
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
