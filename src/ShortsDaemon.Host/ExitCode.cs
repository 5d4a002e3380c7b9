namespace ShortsDaemon.Host;

/// <summary>What the process answers to whoever started it; documented in docs/operations.md.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration; starting again changes nothing.</summary>
    public const int Usage = 2;

    /// <summary>The input is refused.</summary>
    public const int Refused = 3;

    /// <summary>The daemon was stuck, and its watchdog has ended it. Whoever started it should start it again.</summary>
    public const int Stuck = 4;
}
