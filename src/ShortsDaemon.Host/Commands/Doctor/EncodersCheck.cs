using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Which encoders have proven themselves on this machine. Runs the trials that are due.</summary>
internal sealed class EncodersCheck : DoctorCheck
{
    public override string Name => "encoders";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var options = patient.Options;
        var scratch = Directory.Exists(patient.Data.Root) ? null : Directory.CreateTempSubdirectory("shorts-doctor-");
        try
        {
            using var selection = new EncoderSelection(
                patient.Processes,
                PlugIns.Encoders,
                () => new EncoderPreference(options.Tools.FFmpeg, options.Encoding.Prefer),
                // The data directory is not made here: doctor may run as another user than the daemon.
                scratch is null
                    ? patient.Data.EncoderTrials
                    : Path.Combine(scratch.FullName, "encoders.json"),
                patient.Time
            );
            await selection.TryDueAsync(cancel);
            return [.. Judge(selection.Report, selection.Problems, options.Encoding.Prefer)];
        }
        finally
        {
            scratch?.Delete(recursive: true);
        }
    }

    internal IEnumerable<DoctorLine> Judge(
        IReadOnlyList<EncoderState> report,
        IReadOnlyList<string> problems,
        IReadOnlyList<string> preferred
    )
    {
        yield return report.FirstOrDefault(encoder => encoder.Chosen) is { } chosen
            ? Ok($"the next Short is encoded by {chosen.Name}")
            : Fail("none works, so no Short can be made", "Install an ffmpeg with libx264: apt-get install ffmpeg");
        foreach (var problem in problems)
            yield return Warn(problem, "Correct Encoding:Prefer, or the rights of the data directory.");
        foreach (var encoder in report)
            yield return Line(encoder, preferred.Contains(encoder.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static DoctorLine Line(EncoderState encoder, bool isPreferred)
    {
        var words =
            $"{(encoder.Listed ? "listed" : "not listed")}, trial {EncoderTable.Trial(encoder)}{(encoder.Chosen ? ", chosen" : "")}: {encoder.Reason}";
        var name = $"encoder {encoder.Name}";
        var line = (encoder.Works, encoder.DemotedUntil, isPreferred) switch
        {
            (true, _, _) => DoctorLine.Ok(name, words),
            (false, { } until, _) => DoctorLine.Warn(
                name,
                words,
                $"It is tried again after {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; look at the driver meanwhile."
            ),
            (false, null, true) => DoctorLine.Warn(name, words, "Take it out of Encoding:Prefer, or mend its driver."),
            // That this machine lacks other makers' hardware is nothing to mend.
            _ => DoctorLine.Ok(name, words),
        };
        return line with { Encoder = encoder };
    }
}
