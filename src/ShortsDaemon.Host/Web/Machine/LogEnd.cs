using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Host.Commands.Support;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>The last lines of the newest log file, without secrets.</summary>
internal static class LogEnd
{
    public const int Lines = 100;
    private const int MostBytes = 256 * 1024;

    // In characters. Nobody reads more of a line here.
    private const int LongestLine = 1000;

    // Only what looks like a secret; those that are known never get into the log.
    private static readonly SecretScrub Scrub = new([]);

    /// <returns>Oldest first; nothing without a log.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(string folder, CancellationToken cancel)
    {
        try
        {
            return Newest(folder) is { } file ? await EndOfAsync(file, cancel) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [$"The log cannot be read: {e.Message}"];
        }
    }

    private static FileInfo? Newest(string folder) =>
        Directory.Exists(folder)
            ? new DirectoryInfo(folder).GetFiles("shorts-*.log").MaxBy(file => file.LastWriteTimeUtc)
            : null;

    private static async Task<IReadOnlyList<string>> EndOfAsync(FileInfo file, CancellationToken cancel)
    {
        // The daemon goes on writing meanwhile.
        await using var stream = new FileStream(
            file.FullName,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var skipped = Math.Max(0, stream.Length - MostBytes);
        stream.Position = skipped;
        using var reader = new StreamReader(stream);
        if (skipped > 0)
            await reader.ReadLineAsync(cancel); // the rest of a line
        var last = new Queue<string>();
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            last.Enqueue(line);
            if (last.Count > Lines)
                last.Dequeue();
        }
        return [.. last.Select(Clean)];
    }

    private static string Clean(string line) =>
        Words.OneLine(Scrub.Text(line.Length > LongestLine ? line[..LongestLine] + "…" : line));
}
