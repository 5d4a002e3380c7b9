using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Analysis;

/// <summary>Measures the sound of a recording; the picture is not decoded.</summary>
public sealed class RecordingSound(ProcessRunner processes, Func<ToolPaths> tools)
{
    private readonly LoudnessMeter _meter = new(new FFmpeg(processes, tools));

    /// <param name="path">The recording.</param>
    /// <param name="sound">Which of its sound tracks.</param>
    /// <param name="part">Which part of it; null: all of it.</param>
    /// <param name="cancel">Ends the measurement.</param>
    /// <exception cref="RefusedMediaException">The recording's fault.</exception>
    /// <exception cref="ProcessFailedException">ffmpeg's fault.</exception>
    public Task<Loudness> MeasureAsync(string path, AudioStream sound, Cut? part, CancellationToken cancel) =>
        _meter.MeasureAsync(path, new Mix(sound, part, TimeSpan.Zero), cancel);
}
