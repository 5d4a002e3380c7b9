using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Small programs of the system that are used when they are there.</summary>
internal sealed class SystemToolsCheck : QuickCheck
{
    public override string Name => "system tools";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        if (!OperatingSystem.IsMacOS())
            yield return Tool("setsid", "children of a hanging program may outlive it", "apt-get install util-linux");
        yield return Tool("nice", "encodes run at normal priority", "apt-get install coreutils");
    }

    private DoctorLine Tool(string name, string without, string install) =>
        ToolPath.Find(name) is { } path
            ? Ok(path)
            : Warn($"{name} is missing; {without}", $"Install it, for instance: {install}");
}
