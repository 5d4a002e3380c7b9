namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>A board without a battery wakes up in 1970.</summary>
internal sealed class ClockCheck : QuickCheck
{
    private const int FirstYear = 2024;
    private const int LastYear = 2100;

    public override string Name => "clock";

    protected override IEnumerable<DoctorLine> Look(Patient patient)
    {
        var now = patient.Time.GetUtcNow();
        yield return now.Year is >= FirstYear and < LastYear
            ? Ok($"{now:yyyy-MM-dd HH:mm:ss} UTC")
            : Fail(
                $"it says {now:yyyy-MM-dd HH:mm:ss} UTC, which cannot be",
                "Set the clock and turn on time synchronisation, for instance: timedatectl set-ntp true"
            );
    }
}
