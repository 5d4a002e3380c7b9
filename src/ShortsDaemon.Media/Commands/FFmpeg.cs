using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Commands;

/// <summary>Runs ffmpeg and tells its failures apart.</summary>
internal sealed class FFmpeg(ProcessRunner processes, Func<ToolPaths> tools)
{
    public string Program => tools().FFmpeg;

    /// <param name="encoder">The encoder in use, where there is one.</param>
    /// <exception cref="RefusedMediaException">The input's fault.</exception>
    /// <exception cref="DiskFullException">No room for the output.</exception>
    /// <exception cref="HardwareEncoderException">A hardware encoder's fault, as far as can be told.</exception>
    /// <exception cref="ProcessFailedException">Anything else.</exception>
    public async Task<ProcessResult> RunAsync(
        ProcessCommand command,
        OutputHandlers output,
        VideoEncoder? encoder,
        CancellationToken cancel
    )
    {
        try
        {
            var result = await processes.RequireAsync(command, output, cancel);
            return FFmpegErrors.UnfinishedOutput(command, result) is { } unfinished ? throw unfinished : result;
        }
        catch (ProcessFailedException failure)
        {
            throw FFmpegErrors.Explain(command, failure, encoder);
        }
    }
}
