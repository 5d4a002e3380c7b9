using System.Globalization;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Encoders;

/// <summary>What one encoder's trial showed.</summary>
/// <param name="Listed">`ffmpeg -encoders` names it.</param>
/// <param name="Works">It encoded the trial's frames.</param>
/// <param name="Reason">A sentence for the person who wonders why, or why not.</param>
public sealed record TrialResult(string Encoder, bool Listed, bool Works, string Reason);

/// <summary>Encodes a few synthetic frames at the real size with the very arguments that production uses.</summary>
/// <remarks>The output goes to ffmpeg's frame checksum muxer: it shows every packet's size and the stream header an mp4
/// needs, and a full disk cannot make a good encoder look bad.</remarks>
internal sealed class EncoderTrial(ProcessRunner processes)
{
    public const int Frames = 12;

    // The dearest case that production knows: what works at 60 frames per second works at 30.
    private static readonly EncodeSettings Settings = new(new FrameRate(60, 1));

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<string> Arguments(VideoEncoder encoder) =>
        [
            .. (string[])["-nostdin", "-hide_banner", "-loglevel", "warning"],
            .. encoder.DeviceArguments,
            .. (string[])["-f", "lavfi", "-i", $"testsrc2=size={Settings.Width}x{Settings.Height}:rate=60"],
            .. (string[])["-vf", encoder.FilterTail],
            .. encoder.OutputArguments(Settings),
            .. (string[])["-frames:v", Frames.ToString(CultureInfo.InvariantCulture)],
            .. (string[])["-flags", "+global_header", "-f", "framecrc", "-"],
        ];

    /// <exception cref="ToolMissingException">ffmpeg itself is not there.</exception>
    public async Task<TrialResult> RunAsync(string ffmpeg, VideoEncoder encoder, bool listed, CancellationToken cancel)
    {
        if (!listed)
            return new(encoder.Name, false, false, RefusalReason.NotBuiltIn);
        var command = new ProcessCommand(ffmpeg, Arguments(encoder)) { Limits = new() { Time = TimeLimit } };
        var packets = new PacketCount();
        try
        {
            var output = new OutputHandlers { OnOutput = packets.Add };
            var result = await processes.RunAsync(command, output, cancel).ConfigureAwait(false);
            var refusal = result.Succeeded ? packets.Shortfall(Frames) : RefusalReason.From(result);
            return new(encoder.Name, true, refusal is null, refusal ?? "The trial encode succeeded");
        }
        catch (ProcessTimeoutException)
        {
            var limit = string.Create(CultureInfo.InvariantCulture, $"{TimeLimit.TotalSeconds:0.#} s");
            return new(encoder.Name, true, false, $"The trial encode did not finish within {limit}");
        }
    }
}
