using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ShortsDaemon.Media.Processes;

/// <summary>Turns a command into a started process: own session, low priority, marks in the environment.</summary>
internal static class Launch
{
    /// <summary>Environment variable that marks the processes of one run.</summary>
    public const string RunVariable = "SHORTSDAEMON_RUN";

    private const int NoSuchFile = 2;
    private const int NotExecutableFormat = 8;
    private const int NoPermission = 13;

    // Own session, so that the process id is also the group id and a signal reaches grandchildren. macOS has no setsid.
    private static readonly string? SetSid = OperatingSystem.IsMacOS() ? null : ToolPath.Find("setsid");
    private static readonly string? Nice = ToolPath.Find("nice");

    public static bool OwnGroups => SetSid is not null;

    /// <exception cref="ToolMissingException">The program is not there or not executable.</exception>
    /// <exception cref="ProcessFailedException">The system or the working folder did not let it start.</exception>
    public static Process Start(ProcessCommand command, string ownerTag, string runMark)
    {
        var info = Describe(command);
        info.Environment[ProcessRunner.OwnerVariable] = ownerTag;
        info.Environment[RunVariable] = runMark;
        foreach (var (name, value) in command.Environment)
            info.Environment[name] = value;
        if (command.WorkingDirectory is { } folder && !Directory.Exists(folder))
            throw new ProcessFailedException($"{command.DisplayName} could not be started: no folder '{folder}'");
        try
        {
            return Process.Start(info) ?? throw new InvalidOperationException("no process was started");
        }
        catch (Win32Exception e)
        {
            var message = $"'{command.Program}' could not be started: {e.Message}";
            throw e.NativeErrorCode is NoSuchFile or NotExecutableFormat or NoPermission
                ? new ToolMissingException(message, e)
                : new ProcessFailedException(message, inner: e);
        }
    }

    /// <summary>setsid and nice report in their own words that they could not execute the program.</summary>
    /// <returns>The reason; null when the program did run.</returns>
    public static string? Refusal(ProcessResult result) =>
        result is { ExitCode: 126 or 127, ErrorTail: [var line] }
        && (
            line.StartsWith("setsid: ", StringComparison.Ordinal)
            || line.StartsWith($"{Nice}: ", StringComparison.Ordinal)
        )
            ? line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]
            : null;

    private static ProcessStartInfo Describe(ProcessCommand command)
    {
        List<string> line = [ToolPath.Require(command.Program), .. command.Arguments];
        if (command.LowPriority && Nice is not null)
            line.InsertRange(0, [Nice, "-n", "10"]);
        if (SetSid is not null)
            line.Insert(0, SetSid);
        return new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
    }
}
