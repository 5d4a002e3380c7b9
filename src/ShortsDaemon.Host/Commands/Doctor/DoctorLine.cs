using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>One line of the pre-flight checklist.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Status">How it is.</param>
/// <param name="Finding">What was found, with numbers and paths.</param>
/// <param name="Mend">What to do; empty when there is nothing to do.</param>
internal sealed record DoctorLine(string Check, DoctorStatus Status, string Finding, string Mend = "")
{
    /// <summary>Set for a line that stands for one encoder.</summary>
    public EncoderState? Encoder { get; init; }

    public string StatusWord => Status.ToString().ToLowerInvariant();

    public static DoctorLine Ok(string check, string finding) => new(check, DoctorStatus.Ok, finding);

    public static DoctorLine Warn(string check, string finding, string mend) =>
        new(check, DoctorStatus.Warn, finding, mend);

    public static DoctorLine Fail(string check, string finding, string mend) =>
        new(check, DoctorStatus.Fail, finding, mend);
}

internal enum DoctorStatus
{
    Ok,

    /// <summary>The daemon works, but somebody should look.</summary>
    Warn,

    /// <summary>The daemon will not work.</summary>
    Fail,
}
