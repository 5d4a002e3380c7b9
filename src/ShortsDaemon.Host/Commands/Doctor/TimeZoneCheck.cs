namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Without time zone data no schedule outside UTC can be followed.</summary>
internal sealed class TimeZoneCheck : QuickCheck
{
    private const string Probe = "Europe/Berlin";

    public override string Name => "time zones";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(Probe, out _))
            yield return Ok($"{TimeZoneInfo.GetSystemTimeZones().Count} zones known");
        else
            yield return Fail("the time zone data is missing", "Install it, for instance: apt-get install tzdata");
    }
}
