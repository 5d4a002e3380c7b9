using System.Globalization;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>A Mac that sleeps makes no Shorts, and one that stays off after a power cut makes none either.</summary>
internal sealed class SleepCheck : DoctorCheck
{
    public override string Name => "sleep";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        if (!patient.IsMac)
            return [];
        return await SystemAnswer.OfAsync(patient, "pmset", ["-g"], cancel) is { } lines
            ? [.. Judge(lines)]
            : [Warn("pmset does not tell", "Look at System Settings, Energy.")];
    }

    /// <param name="lines">Of `pmset -g`: names and values under "Currently in use:".</param>
    internal IEnumerable<DoctorLine> Judge(IReadOnlyList<string> lines)
    {
        var settings = lines
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 2 && int.TryParse(words[1], CultureInfo.InvariantCulture, out _))
            .GroupBy(words => words[0], StringComparer.Ordinal)
            .ToDictionary(
                same => same.Key,
                same => int.Parse(same.First()[1], CultureInfo.InvariantCulture),
                StringComparer.Ordinal
            );
        if (settings.GetValueOrDefault("sleep") is var minutes and > 0)
            yield return Warn(
                $"this Mac sleeps after {minutes} min; what was due meanwhile is late",
                "sudo pmset -a sleep 0 (the display may sleep)"
            );
        else
            yield return Ok("this Mac does not sleep by itself");
        if (settings.TryGetValue("autorestart", out var restarts) && restarts == 0)
            yield return Warn("it stays off after a power cut", "sudo pmset -a autorestart 1");
    }
}
