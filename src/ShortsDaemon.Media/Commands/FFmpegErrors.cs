using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Commands;

/// <summary>Tells from ffmpeg's last words whose fault a failure is.</summary>
internal static class FFmpegErrors
{
    private const string MissingFile = "No such file or directory";

    private static readonly string[] InputFaults =
    [
        "Invalid data found when processing input",
        "moov atom not found",
        "matches no streams",
        "Output file #0 does not contain any stream",
        "Could not find codec parameters",
        "Error while decoding stream",
        "Decoder (codec",
        "Invalid NAL unit",
        "Error splitting the input",
    ];

    // Of the machine; complaints about the input then follow from it.
    private static readonly string[] OutOfMemory =
    [
        "Cannot allocate memory",
        "malloc of size",
        "Resource temporarily unavailable",
    ];

    private static readonly string[] NoRoom = ["No space left on device", "Disk quota exceeded"];
    private static readonly string[] Unfinished = ["Error writing trailer", "Error closing file"];

    /// <summary>ffmpeg may end with exit code 0 although the end of its output could not be written.</summary>
    /// <returns>Null when all was written.</returns>
    public static ProcessFailedException? UnfinishedOutput(ProcessCommand command, ProcessResult result) =>
        FirstWith(result.ErrorTail, Unfinished) is { } complaint
            ? new ProcessFailedException($"{command.DisplayName} could not finish its output: {complaint}", result)
            : null;

    /// <returns>The exception that fits the failed run.</returns>
    public static Exception Explain(ProcessCommand command, ProcessFailedException failure, VideoEncoder? encoder)
    {
        if (failure is ToolMissingException)
            return failure;
        var tail = failure.Result?.ErrorTail ?? [];
        if (tail.Any(line => NoRoom.Any(words => line.EndsWith(words, StringComparison.Ordinal))))
            return new DiskFullException($"{command.DisplayName}: no space left on device", failure);
        // Before any encoder is blamed: it has not seen a frame yet.
        if (Unopened(command, tail) is { } reason)
            return reason == MissingFile
                ? new FileNotFoundException("the recording was deleted or moved meanwhile", failure)
                : (Exception?)Refusal(tail) ?? failure;
        if (encoder is { IsHardware: true })
            return new HardwareEncoderException(encoder.Name, failure.Message, failure);
        return failure is ProcessTimeoutException ? failure : (Exception?)Refusal(tail) ?? failure;
    }

    private static RefusedMediaException? Refusal(IReadOnlyList<string> tail) =>
        FirstWith(tail, OutOfMemory) is null
        && InputFaults.FirstOrDefault(fault => FirstWith(tail, [fault]) is not null) is { } fault
            ? new RefusedMediaException($"ffmpeg cannot decode it ({fault.ToLowerInvariant()})")
            : null;

    /// <returns>What ffmpeg said about the input's name when it gave up opening it; null when it opened it.</returns>
    private static string? Unopened(ProcessCommand command, IReadOnlyList<string> tail)
    {
        // Up to ffmpeg 6.0, and since.
        string[] beginnings = [InputArguments.UrlIn(command.Arguments) + ": ", "Error opening input: "];
        return beginnings
            .Select(words => (Words: words, Line: FirstWith(tail, [words])))
            .Where(found => found.Line is not null)
            .Select(found =>
                found.Line![(found.Line!.IndexOf(found.Words, StringComparison.Ordinal) + found.Words.Length)..]
            )
            .FirstOrDefault();
    }

    private static string? FirstWith(IReadOnlyList<string> lines, IReadOnlyList<string> words) =>
        lines.FirstOrDefault(line => words.Any(w => line.Contains(w, StringComparison.Ordinal)));
}
