using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Analysis;

/// <summary>Measures the sound of a recording and finds the gain that brings it to a loudness.</summary>
internal sealed class LoudnessMeter(FFmpeg ffmpeg)
{
    // Up to here the limiter only touches single peaks and the loudness follows the gain.
    private const double HarmlessLimitingDb = 3;
    private const double CeilingDb = -2;
    private const string SilenceFilter = "silencedetect=n=-60dB:d=0.5";
    private const string Meter = "ebur128=peak=true:framelog=verbose";
    private const string PlainMeter = "ebur128=framelog=verbose";
    private static readonly double[] Extra = [0, 2.5, 7];

    /// <summary>Measures what is heard; the picture is not decoded.</summary>
    public async Task<Loudness> MeasureAsync(string path, Mix mix, CancellationToken cancel)
    {
        if (mix.IsEmpty)
            return Loudness.None;
        return (await RunAsync(path, mix, Graph(mix), cancel)).Heard;
    }

    /// <summary>A chain with an open end that tells, in lines for <see cref="AnalysisLines"/>, what is heard.</summary>
    public static string Graph(Mix mix) => $"{mix.Filters()},{SilenceFilter},{Meter}";

    /// <returns>Gain in dB in front of the limiter, so that the result has the wanted loudness behind it.</returns>
    public async Task<double> GainForAsync(
        string path,
        Mix mix,
        Loudness measured,
        double target,
        CancellationToken cancel
    )
    {
        if (measured.IsSilent)
            return 0;
        var gain = target - measured.Integrated;
        if (measured.TruePeak + gain <= CeilingDb + HarmlessLimitingDb)
            return gain;
        var results = await TryGainsAsync(path, mix, [.. Extra.Select(extra => gain + extra)], cancel);
        return Interpolate(results, target) ?? gain;
    }

    private async Task<IReadOnlyList<(double Gain, double Loudness)>> TryGainsAsync(
        string path,
        Mix mix,
        double[] gains,
        CancellationToken cancel
    )
    {
        var labels = string.Concat(gains.Select((_, i) => $"[t{i}]"));
        var tries = gains.Select((gain, i) => $"[t{i}]{Sound.RoughLevel(gain)},{PlainMeter}[o{i}]");
        var all = string.Concat(gains.Select((_, i) => $"[o{i}]"));
        var graph =
            $"{mix.Filters()},asplit={gains.Length}{labels};{string.Join(';', tries)};{all}amix=inputs={gains.Length}";
        var lines = await RunAsync(path, mix, graph, cancel);
        return [.. gains.Zip(lines.Loudness, (gain, loudness) => (gain, loudness.Integrated))];
    }

    private static double? Interpolate(IReadOnlyList<(double Gain, double Loudness)> points, double target)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (low, high) = (points[i - 1], points[i]);
            if (target > high.Loudness)
                continue;
            var span = high.Loudness - low.Loudness;
            var share = span > 0 ? Math.Clamp((target - low.Loudness) / span, 0, 1) : 0;
            return low.Gain + share * (high.Gain - low.Gain);
        }
        return points.Count > 0 ? points[^1].Gain : null;
    }

    private async Task<AnalysisLines> RunAsync(string path, Mix mix, string graph, CancellationToken cancel)
    {
        var lines = new AnalysisLines();
        var command = new ProcessCommand(
            ffmpeg.Program,
            [
                "-hide_banner",
                "-nostats",
                "-nostdin",
                "-vn",
                .. InputArguments.For(path),
                .. mix.Inputs,
                "-filter_complex",
                graph,
                "-f",
                "null",
                "-",
            ]
        )
        {
            LowPriority = true,
        };
        await ffmpeg.RunAsync(command, new OutputHandlers { OnError = lines.Read }, encoder: null, cancel);
        return lines;
    }
}
