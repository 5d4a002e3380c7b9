namespace ShortsDaemon.Media.Processes;

/// <summary>A finished run.</summary>
/// <param name="ExitCode">The program's exit code; 128 + signal when it was killed by somebody else.</param>
/// <param name="ErrorTail">The last lines of standard error, at most <see cref="ProcessRunner.TailLines"/>.</param>
/// <param name="RunTime">Wall time from start to exit.</param>
public sealed record ProcessResult(int ExitCode, IReadOnlyList<string> ErrorTail, TimeSpan RunTime)
{
    public bool Succeeded => ExitCode == 0;
}
