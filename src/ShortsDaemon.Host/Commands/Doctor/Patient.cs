using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>What the checks look at.</summary>
/// <param name="Reading">The configuration, good or bad.</param>
/// <param name="Files">The files it was read from.</param>
/// <param name="Time">Clock.</param>
internal sealed record Patient(OptionsReading Reading, IReadOnlyList<string> Files, TimeProvider Time)
{
    /// <summary>False when a file is broken, so that nothing is known about what was configured.</summary>
    public bool IsLegible => Reading.Draft is not null;

    /// <summary>As much of the configuration as could be read.</summary>
    public ShortsOptions Options => Reading.Draft ?? new ShortsOptions();

    public DataFolder Data => new(Options.Daemon.DataDirectory);

    public ProcessRunner Processes { get; } = new(Time, "doctor");

    /// <summary>Where a program of the system lies; null: there is none of this name.</summary>
    public Func<string, string?> FindProgram { get; init; } = ToolPath.Find;

    public bool IsMac { get; init; } = OperatingSystem.IsMacOS();

    /// <summary>Its machine sees to clock and start.</summary>
    public bool IsContainer { get; init; } = File.Exists("/.dockerenv") || File.Exists("/run/.containerenv");

    public IEnumerable<KeyValuePair<string, ChannelOptions>> EnabledChannels =>
        Options.Channels.Where(channel => channel.Value.Enabled);
}
