namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Tells whether a daemon works on the data directory; either is fine.</summary>
internal sealed class DaemonCheck : QuickCheck
{
    public override string Name => "daemon";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        yield return Ok(InstanceLock.IsHeld(patient.Data) ? "it runs" : "it does not run");
    }
}
