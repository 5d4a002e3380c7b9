namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Does somebody start the daemon after a restart of the machine, and again when it ends?</summary>
internal sealed class ServiceCheck : DoctorCheck
{
    private const string Unit = "shortsdaemon.service";
    private const string Install = "Install it as a service, see docs/operations.md: ShortsDaemon install";

    public override string Name => "service";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel) =>
        patient.IsMac ? [await OfLaunchdAsync(patient, cancel)] : await OfSystemdAsync(patient, cancel);

    private async Task<IReadOnlyList<DoctorLine>> OfSystemdAsync(Patient patient, CancellationToken cancel)
    {
        var (all, own) = (await AskAsync(), await AskAsync("--user"));
        if (all is null && own is null)
            return patient.IsContainer
                ? [Ok("a container is started again by what runs it")]
                : [Warn("no systemd answers, so nobody starts the daemon after a restart of the machine", Install)];
        if (IsThere(all))
            return [Judge(all!, "")];
        if (!IsThere(own))
            return [Warn($"{Unit} is not installed: after a restart of the machine nobody starts the daemon", Install)];
        return await LingersAsync(patient, cancel)
            ? [Judge(own!, "--user ")]
            :
            [
                Judge(own!, "--user "),
                Warn(
                    $"the service of {Environment.UserName} ends when they log out",
                    $"loginctl enable-linger {Environment.UserName}"
                ),
            ];

        async Task<Dictionary<string, string>?> AskAsync(params string[] scope) =>
            Facts(
                await SystemAnswer.OfAsync(
                    patient,
                    "systemctl",
                    [.. scope, "show", Unit, "--property=LoadState,ActiveState,UnitFileState,NRestarts"],
                    cancel
                )
            );
    }

    /// <param name="facts">Of `systemctl show`.</param>
    /// <param name="scope">"--user " for the service of a user.</param>
    internal DoctorLine Judge(IReadOnlyDictionary<string, string> facts, string scope)
    {
        var (state, enabled) = (facts.GetValueOrDefault("ActiveState"), facts.GetValueOrDefault("UnitFileState"));
        if (state == "failed")
            return Fail(
                $"{Unit} has failed and is not started again",
                $"journalctl {scope}-u {Unit} -n 50, mend it, then: systemctl {scope}reset-failed {Unit} && systemctl {scope}start {Unit}"
            );
        if (state is not ("active" or "activating" or "reloading"))
            return Warn($"{Unit} is installed, but {state}", $"systemctl {scope}start {Unit}");
        if (enabled is "disabled" or "masked")
            return Warn(
                $"{Unit} runs, but is {enabled}: it does not come back after a restart of the machine",
                $"systemctl {scope}enable {Unit}"
            );
        var restarts = facts.GetValueOrDefault("NRestarts") is { } times and not "0" ? $", {times} restarts" : "";
        return Ok($"{Unit} is {state} and {enabled}{restarts}");
    }

    private async Task<DoctorLine> OfLaunchdAsync(Patient patient, CancellationToken cancel)
    {
        var list = await SystemAnswer.OfAsync(patient, "launchctl", ["list"], cancel);
        return list is null ? Warn("launchctl does not answer", Install) : OfLaunchd(list);
    }

    /// <param name="lines">Of `launchctl list`: process or "-", last exit code, label.</param>
    internal DoctorLine OfLaunchd(IReadOnlyList<string> lines)
    {
        var job = lines
            .Select(line => line.Split('\t', StringSplitOptions.TrimEntries))
            .FirstOrDefault(c => c.Length == 3 && c[2].Contains("shortsdaemon", StringComparison.OrdinalIgnoreCase));
        if (job is null)
            return Warn("launchd does not know it: after a restart of the machine nobody starts the daemon", Install);
        return job[0] == "-"
            ? Warn($"{job[2]} is installed, but does not run; it ended with {job[1]}", $"launchctl start {job[2]}")
            : Ok($"{job[2]} runs (process {job[0]})");
    }

    private static async Task<bool> LingersAsync(Patient patient, CancellationToken cancel) =>
        await SystemAnswer.OfAsync(
            patient,
            "loginctl",
            ["show-user", Environment.UserName, "--property=Linger"],
            cancel
        )
            is not { } lines
        || lines.Contains("Linger=yes");

    private static bool IsThere(Dictionary<string, string>? facts) =>
        facts?.GetValueOrDefault("LoadState") is not (null or "not-found");

    private static Dictionary<string, string>? Facts(IReadOnlyList<string>? lines) =>
        lines
            ?.Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}
