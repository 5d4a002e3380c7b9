using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Does something keep the clock right? Tokens, schedules and rate limits go by it.</summary>
internal sealed class TimeSyncCheck : DoctorCheck
{
    private const string TurnOn = "Turn it on: timedatectl set-ntp true (or install chrony).";

    public override string Name => "time sync";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        if (patient.IsMac)
            return await Asked("/usr/sbin/systemsetup", ["-getusingnetworktime"], OfMac);
        if (
            await Asked("timedatectl", ["show", "--property=NTP", "--property=NTPSynchronized"], OfSystemd)
            is [var line]
        )
            return [line];
        if (await Asked("chronyc", ["-n", "tracking"], OfChrony) is [var told])
            return [told];
        return patient.IsContainer
            ? [Ok("a container has the clock of its machine; look there")]
            : [Warn("neither timedatectl nor chronyc tells whether the clock is kept right", TurnOn)];

        async Task<IReadOnlyList<DoctorLine>> Asked(
            string program,
            string[] question,
            Func<IReadOnlyList<string>, DoctorLine> judge
        ) => await SystemAnswer.OfAsync(patient, program, question, cancel) is { } lines ? [judge(lines)] : [];
    }

    internal DoctorLine OfSystemd(IReadOnlyList<string> lines)
    {
        if (lines.Contains("NTPSynchronized=yes"))
            return Ok("the clock is kept right (timedatectl)");
        return lines.Contains("NTP=yes")
            ? Warn(
                "time synchronisation is on, but has not reached a server yet",
                "Wait a minute; then look at the network: timedatectl timesync-status"
            )
            : Warn("nothing keeps the clock right (timedatectl)", TurnOn);
    }

    internal DoctorLine OfChrony(IReadOnlyList<string> lines)
    {
        var facts = lines
            .Select(line => line.Split(" : ", 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return facts.GetValueOrDefault("Leap status") == "Normal"
            ? Ok($"the clock is kept right (chrony): {facts.GetValueOrDefault("System time", "in step")}")
            : Warn(
                $"chrony has not set the clock: leap status '{facts.GetValueOrDefault("Leap status", "unknown")}'",
                "Look at its servers: chronyc sources"
            );
    }

    internal DoctorLine OfMac(IReadOnlyList<string> lines)
    {
        var said = string.Join(' ', lines);
        if (said.Contains("Network Time: On", StringComparison.OrdinalIgnoreCase))
            return Ok("the clock is kept right");
        return said.Contains("Network Time: Off", StringComparison.OrdinalIgnoreCase)
            ? Warn("nothing keeps the clock right", "sudo systemsetup -setusingnetworktime on")
            : Ok("macOS tells only an administrator: sudo systemsetup -getusingnetworktime");
    }
}
