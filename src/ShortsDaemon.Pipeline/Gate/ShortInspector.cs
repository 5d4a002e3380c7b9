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
    /// <param name="source">Loudness of its recording.</param>
    /// <param name="gainDb">Change of level that was applied.</param>
    /// <param name="targetLufs">Wanted loudness.</param>
    /// <returns>Every check with its finding.</returns>
    public async Task<IReadOnlyList<CheckResult>> InspectAsync(
        string path,
        Loudness source,
        double gainDb,
        double targetLufs,
        CancellationToken cancel
    )
    {
        var file = await meter.MeasureAsync(path, SilenceDb + gainDb, cancel);
        var input = new GateInput(file, source, targetLufs);
        return
        [
            .. ShortChecks.All.Select(check =>
            {
                var finding = check.Look(input);
                return new CheckResult(check.Name, finding.Passed, finding.Text);
            }),
        ];
    }
}
