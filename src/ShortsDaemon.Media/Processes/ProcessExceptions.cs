namespace ShortsDaemon.Media.Processes;

/// <summary>An external program did not do its work. The message names the program, what happened and its last words.</summary>
public class ProcessFailedException(string message, ProcessResult? result = null, Exception? inner = null)
    : Exception(message, inner)
{
    private const int LinesInMessage = 4;
    private const int LongestLineInMessage = 300;

    /// <summary>The finished run; null when the program never started.</summary>
    public ProcessResult? Result { get; } = result;

    public static ProcessFailedException ForExit(ProcessCommand command, ProcessResult result) =>
        new($"{command.DisplayName} {Ending(result.ExitCode)}{LastWords(result.ErrorTail)}", result);

    // 128 + signal number; ffmpeg's own 255 is no signal.
    private static string Ending(int exitCode) =>
        exitCode is > 128 and <= 128 + 64
            ? $"was killed by signal {exitCode - 128}{(exitCode == 128 + Signals.Kill ? " (out of memory?)" : "")}"
            : $"ended with exit code {exitCode}";

    internal static string LastWords(IReadOnlyList<string> tail)
    {
        var words = tail.Select(Printable).Where(line => line.Length > 0).TakeLast(LinesInMessage).ToList();
        return words.Count == 0 ? " and said nothing" : ": " + string.Join(" | ", words);
    }

    // Programs colour their words; in a log line the control characters only do harm.
    private static string Printable(string line) =>
        ErrorTail.Cut(string.Concat(line.Where(c => !char.IsControl(c))).Trim(), LongestLineInMessage);
}

/// <summary>The program is missing or may not be executed.</summary>
public sealed class ToolMissingException(string message, Exception? inner = null)
    : ProcessFailedException(message, inner: inner);

/// <summary>The program ran longer, or was silent longer, than its limit; its whole tree has been stopped.</summary>
public sealed class ProcessTimeoutException(string message, ProcessResult? result = null)
    : ProcessFailedException(message, result)
{
    internal static ProcessTimeoutException ForLimit(ProcessCommand command, string limit, ProcessResult result) =>
        new($"{command.DisplayName} {limit}{LastWords(result.ErrorTail)}", result);
}
