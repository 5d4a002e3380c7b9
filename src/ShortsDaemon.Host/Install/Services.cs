namespace ShortsDaemon.Host.Install;

/// <summary>Which service manager there is.</summary>
internal static class Services
{
    public const string SystemUser = "shortsdaemon";

    /// <param name="isSystem">For the whole machine.</param>
    /// <exception cref="InstallException">It cannot be had here.</exception>
    public static ServiceKind Choose(bool isSystem)
    {
        if (OperatingSystem.IsMacOS())
            return isSystem
                ? throw new InstallException("On macOS it is installed for a user. Leave --system and sudo away.")
                : ServiceKind.LaunchdUser;
        if (!Directory.Exists("/run/systemd/system"))
            return ServiceKind.Process;
        if (!isSystem)
            return ServiceKind.SystemdUser;
        return Environment.IsPrivilegedProcess
            ? ServiceKind.SystemdSystem
            : throw new InstallException("--system needs root: sudo. For a service of your own leave it away.");
    }

    public static IService Get(ServiceKind kind, RunTool run, Action<string> say)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return kind switch
        {
            ServiceKind.SystemdSystem => new SystemdService(true, "/etc/systemd/system", run, say),
            ServiceKind.SystemdUser => new SystemdService(
                false,
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "systemd/user"),
                run,
                say
            ),
            ServiceKind.LaunchdUser => new LaunchdService(home, run, say),
            _ => new PlainProcess(run, TimeProvider.System),
        };
    }
}
