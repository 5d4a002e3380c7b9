namespace ShortsDaemon.Host.Commands.Support;

/// <summary>The last lines of the log, over several files if need be.</summary>
internal static class LogTail
{
    public const int Lines = 2000;
    private const int Files = 3;
    private const int LongestLine = 4000;

    public static async Task<object> ReadAsync(string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            return $"'{folder}' is not there";
        var files = new DirectoryInfo(folder).GetFiles("shorts-*.log").OrderByDescending(file => file.LastWriteTimeUtc);
        var last = new Queue<string>();
        foreach (var file in files.Take(Files).Reverse())
        {
            last.Enqueue($"--- {file.Name}");
            // The daemon goes on writing meanwhile.
            await using var stream = new FileStream(
                file.FullName,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                last.Enqueue(line.Length > LongestLine ? line[..LongestLine] + "…" : line);
                if (last.Count > Lines)
                    last.Dequeue();
            }
        }
        return string.Join('\n', last);
    }
}
