using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Pipeline.Gate.Checks;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Gate;

/// <summary>Looks at the very file that ships.</summary>
public sealed class ShortInspector(FinishedFileMeter meter)
{
    // Silence of the source was measured at -60 dBFS; the same silence lies higher or lower by the gain.
    private const double SilenceDb = -60;

    /// <param name="path">The finished Short.</param>
    /// <param name="source">Loudness of what its recording gave it, with the silences by the Short's own time.</param>
    /// <param name="gainDb">Change of level that was applied.</param>
    /// <param name="targetLufs">Wanted loudness.</param>
    /// <param name="limit">How large it may be; null: as large as it likes.</param>
    /// <param name="threads">Threads of the decode; 0: as many as ffmpeg likes.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Inspection> InspectAsync(
        string path,
        Loudness source,
        double gainDb,
        double targetLufs,
        SizeLimit? limit,
        int threads,
        CancellationToken cancel
    )
    {
        var file = await meter.MeasureAsync(path, SilenceDb + gainDb, threads, cancel);
        var input = new GateInput(file, source, targetLufs) { Limit = limit };
        return new(
            [
                .. ShortChecks.All.Select(check =>
                {
                    var finding = check.Look(input);
                    return new CheckResult(check.Name, finding.Passed, finding.Text) { Code = check.Code };
                }),
            ],
            QualityParts.Of(input)
        );
    }
}

/// <param name="Checks">Every check with its finding.</param>
/// <param name="Quality">How good it is, whether or not it may ship.</param>
public sealed record Inspection(IReadOnlyList<CheckResult> Checks, IReadOnlyList<QualityPart> Quality);
