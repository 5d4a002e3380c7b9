namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Every mistake in the configuration, each with its mend.</summary>
internal sealed class ConfigurationCheck : QuickCheck
{
    public override string Name => "configuration";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        foreach (var problem in patient.Reading.Problems)
        {
            var finding = $"{problem.Key}: {problem.What}";
            yield return problem.IsError ? Fail(finding, problem.Mend) : Warn(finding, problem.Mend);
        }
        if (patient.Reading.IsGood)
            yield return Ok(
                $"read from {string.Join(", ", patient.Files.DefaultIfEmpty("no file"))}; channels: {Channels(patient)}"
            );
    }

    private static string Channels(Patient patient) =>
        string.Join(
            ", ",
            patient.Options.Channels.Select(c => c.Value.Enabled ? c.Key : $"{c.Key} (disabled)").DefaultIfEmpty("none")
        );
}
