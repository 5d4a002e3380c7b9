using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Install;

/// <summary>systemd, for the whole machine or for one user.</summary>
/// <param name="isSystem">For the whole machine; needs root.</param>
/// <param name="units">Folder of its units.</param>
/// <param name="run">Runs systemctl and its like.</param>
/// <param name="say">Tells what is done.</param>
internal sealed class SystemdService(bool isSystem, string units, RunTool run, Action<string> say) : IService
{
    private readonly string[] _who = isSystem ? [] : ["--user"];

    public string Words =>
        isSystem
            ? "systemd runs it: it starts with the machine and starts again after a crash."
            : "systemd runs it for this user: it starts again after a crash, and with the machine once lingering is on.";

    public string Hint => isSystem ? "journalctl -u shortsdaemon" : "journalctl --user -u shortsdaemon";

    private string Unit => Path.Combine(units, SystemdUnit.Name);

    public async Task SetUpAsync(ServiceRun service, CancellationToken cancel)
    {
        if (service.User is { } user)
            await MakeUserAsync(user, service.Data, cancel);
        Directory.CreateDirectory(units);
        await File.WriteAllTextAsync(Unit, SystemdUnit.Of(isSystem, service), cancel);
        say($"Wrote {Unit}");
        await SystemctlAsync(["daemon-reload"], cancel);
        await SystemctlAsync(["enable", SystemdUnit.Name], cancel);
        if (!isSystem)
            await LingerAsync(cancel);
    }

    public async Task StartAsync(ServiceRun service, CancellationToken cancel)
    {
        // It may have used up its starts; that there is nothing to forget is no failure.
        await run(new("systemctl", [.. _who, "reset-failed", SystemdUnit.Name]), cancel);
        await SystemctlAsync(["start", SystemdUnit.Name], cancel);
    }

    public async Task StopAsync(ServiceRun service, CancellationToken cancel)
    {
        if (File.Exists(Unit))
            await SystemctlAsync(["stop", SystemdUnit.Name], cancel);
    }

    public async Task RemoveAsync(CancellationToken cancel)
    {
        if (!File.Exists(Unit))
            return;
        await SystemctlAsync(["disable", "--now", SystemdUnit.Name], cancel);
        File.Delete(Unit);
        await SystemctlAsync(["daemon-reload"], cancel);
        say($"Removed {Unit}");
    }

    private Task<string> SystemctlAsync(string[] words, CancellationToken cancel) =>
        run.RequireAsync("systemctl", [.. _who, .. words], cancel);

    // Otherwise it ends when its user logs out.
    private async Task LingerAsync(CancellationToken cancel)
    {
        var answer = await run(new("loginctl", ["enable-linger"]), cancel);
        if (answer.ExitCode != 0)
            say(
                $"It runs only while you are logged in, because lingering could not be switched on ({answer.Errors}). Try: sudo loginctl enable-linger $USER"
            );
    }

    private async Task MakeUserAsync(string user, string data, CancellationToken cancel)
    {
        if ((await run(new("id", ["-u", user]), cancel)).ExitCode != 0)
        {
            await run.RequireAsync(
                "useradd",
                [
                    "--system",
                    "--user-group",
                    "--no-create-home",
                    "--home-dir",
                    data,
                    "--shell",
                    "/usr/sbin/nologin",
                    user,
                ],
                cancel
            );
            say($"Made the user {user}");
        }
        // The graphics card belongs to one of these, where there is one.
        foreach (var group in (string[])["video", "render"])
            if ((await run(new("getent", ["group", group]), cancel)).ExitCode == 0)
                await run.RequireAsync("usermod", ["--append", "--groups", group, user], cancel);
        await run.RequireAsync("chown", [$"{user}:{user}", data], cancel);
    }
}
