namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>One thing to look at before a flight. One check per file; a new one adds its line in <see cref="DoctorChecks"/>.</summary>
internal abstract class DoctorCheck
{
    /// <summary>What stands at the beginning of its lines.</summary>
    public abstract string Name { get; }

    public abstract Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel);

    protected DoctorLine Ok(string finding) => DoctorLine.Ok(Name, finding);

    protected DoctorLine Warn(string finding, string mend) => DoctorLine.Warn(Name, finding, mend);

    protected DoctorLine Fail(string finding, string mend) => DoctorLine.Fail(Name, finding, mend);
}

/// <summary>A check that asks nobody and so need not wait.</summary>
internal abstract class QuickCheck : DoctorCheck
{
    public sealed override Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<DoctorLine>>([.. Look(patient)]);

    protected abstract IEnumerable<DoctorLine> Look(Patient patient);
}
