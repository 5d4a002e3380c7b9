using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>What the newest logs say of one item. They are read from their end, and not far: a page must not take long.</summary>
internal sealed partial class ItemLog(DataFolder data)
{
    private const int MostLines = 200;
    private const int MostBytes = 2 * 1024 * 1024;

    /// <returns>Lines without secrets, oldest first.</returns>
    public async Task<IReadOnlyList<string>> ReadAsync(ItemId item, CancellationToken cancel)
    {
        var (lines, left) = (new List<string>(), MostBytes);
        foreach (var file in Newest())
        {
            if (left <= 0 || lines.Count >= MostLines)
                break;
            var text = await TailAsync(file, left, cancel);
            left -= Encoding.UTF8.GetByteCount(text);
            lines.InsertRange(0, Of(item, text));
        }
        return [.. lines.TakeLast(MostLines).Select(line => SecretFree.Text(line))];
    }

    private IEnumerable<FileInfo> Newest() =>
        Directory.Exists(data.Logs)
            ? new DirectoryInfo(data.Logs)
                .EnumerateFiles("shorts-*.log")
                .Where(file => file.LinkTarget is null)
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .ThenByDescending(file => file.Name, StringComparer.Ordinal)
            : [];

    // From a whole line on. The log goes on being written, and old files of it are removed.
    private static async Task<string> TailAsync(FileInfo file, int most, CancellationToken cancel)
    {
        try
        {
            await using var log = new FileStream(
                file.FullName,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var tail = new byte[(int)Math.Min(log.Length, most)];
            log.Seek(-tail.Length, SeekOrigin.End);
            var read = await log.ReadAtLeastAsync(tail, tail.Length, throwOnEndOfStream: false, cancel);
            var begin = tail.Length < log.Length ? Array.IndexOf(tail, (byte)'\n') + 1 : 0;
            return Encoding.UTF8.GetString(tail, begin, read - begin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static IEnumerable<string> Of(ItemId item, string text)
    {
        var (mark, isOfItem) = ($" #{item}] ", false);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('{'))
            {
                if (FromJson(item, line) is { } told)
                    yield return told;
                continue;
            }
            // What has no time is the rest of what came before, for instance of an exception.
            if (Head().Match(line) is { Success: true } head)
                isOfItem = head.Groups["where"].Value.EndsWith(mark, StringComparison.Ordinal);
            if (isOfItem)
                yield return line;
        }
    }

    private static string? FromJson(ItemId item, string line)
    {
        if (!line.Contains($"\"ItemId\":\"{item}\"", StringComparison.Ordinal))
            return null;
        try
        {
            using var parsed = JsonDocument.Parse(line);
            var root = parsed.RootElement;
            return root.GetProperty("Properties").GetProperty("ItemId").GetString() == item.ToString()
                ? $"{root.GetProperty("Timestamp").GetString()} {root.GetProperty("Level").GetString()} {root.GetProperty("RenderedMessage").GetString()}"
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // a title may look like it
        }
    }

    /// <summary>Time, level, and of what it is: see LogSetUp.</summary>
    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{12} \S{6} [A-Z]{3} (?<where>\[[^\]]*\] )?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Head();
}
