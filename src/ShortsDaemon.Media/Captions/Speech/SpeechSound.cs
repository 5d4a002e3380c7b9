using System.Globalization;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Captions.Speech;

/// <summary>Writes the sound of a recording the way recognisers like it: WAV, 16 kHz, mono, 16 bit. Its times are those of the Short.</summary>
public sealed class SpeechSound(ProcessRunner processes, Func<ToolPaths> tools)
{
    public const int SampleRate = 16000;

    private readonly FFmpeg _ffmpeg = new(processes, tools);

    /// <param name="recording">The recording.</param>
    /// <param name="sound">Which of its sound tracks.</param>
    /// <param name="wav">Where it is written; overwritten.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RefusedMediaException">The recording's fault.</exception>
    /// <exception cref="ProcessFailedException">ffmpeg's fault.</exception>
    public async Task WriteAsync(string recording, AudioStream sound, string wav, CancellationToken cancel)
    {
        var rate = SampleRate.ToString(CultureInfo.InvariantCulture);
        var command = new ProcessCommand(
            _ffmpeg.Program,
            [
                .. (string[])["-hide_banner", "-nostats", "-nostdin", "-loglevel", "error", "-y", "-vn"],
                .. InputArguments.For(recording),
                .. (string[])["-map", string.Create(CultureInfo.InvariantCulture, $"0:{sound.Index}")],
                .. (string[])["-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", rate],
                .. (string[])["-c:a", "pcm_s16le", "-f", "wav", InputArguments.Url(wav)],
            ]
        )
        {
            LowPriority = true,
        };
        await _ffmpeg.RunAsync(command, OutputHandlers.None, encoder: null, cancel);
    }
}
