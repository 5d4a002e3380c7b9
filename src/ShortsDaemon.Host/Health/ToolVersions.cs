using System.Collections.Concurrent;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

namespace ShortsDaemon.Host.Health;

/// <param name="Version">For instance 7.1.1; null when there is a problem.</param>
/// <param name="Problem">What is wrong with the program and the mend, without a full stop.</param>
internal sealed record ToolVersion(string? Version, string? Problem);

/// <summary>Asks ffmpeg, ffprobe and yt-dlp for their versions, once for each change of the file.</summary>
internal sealed class ToolVersions(ProcessRunner processes, TimeProvider time)
{
    internal static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);
    private static readonly ProcessLimits Limits = new()
    {
        Time = TimeSpan.FromSeconds(3),
        StopGrace = TimeSpan.FromSeconds(1),
    };

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public const string YtDlp = "yt-dlp";

    /// <param name="tool">What it has to be: ffmpeg, ffprobe or yt-dlp.</param>
    /// <param name="nameOrPath">As configured.</param>
    public async Task<ToolVersion> OfAsync(string tool, string nameOrPath, CancellationToken cancel)
    {
        try
        {
            var path = ToolPath.Require(nameOrPath);
            var file = Stamp(path);
            if (_known.TryGetValue(tool, out var known) && known.File == file && IsFresh(known))
                return known.Answer;
            var answer = await AskAsync(tool, path, cancel);
            _known[tool] = new Known(file, answer, time.GetTimestamp());
            return answer;
        }
        catch (Exception e) when (e is ToolMissingException or IOException or UnauthorizedAccessException)
        {
            return new ToolVersion(null, e.Message);
        }
    }

    // One that does not answer may be mended without a change of its file, but must not be started at every look.
    private bool IsFresh(Known known) => known.Answer.Problem is null || time.GetElapsedTime(known.At) < AskAgain;

    private static string Stamp(string path)
    {
        var file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        return $"{file.FullName}|{file.LastWriteTimeUtc.Ticks}|{file.Length}";
    }

    private async Task<ToolVersion> AskAsync(string tool, string path, CancellationToken cancel)
    {
        string? first = null;
        try
        {
            var command = new ProcessCommand(path, [tool == YtDlp ? "--version" : "-version"]) { Limits = Limits };
            await processes.RequireAsync(command, new OutputHandlers { OnOutput = line => first ??= line }, cancel);
        }
        catch (ProcessFailedException e)
        {
            return new ToolVersion(null, $"'{path}' does not run: {e.Message.TrimEnd('.')}. Install {tool} anew");
        }
        return VersionIn(tool, first ?? "") is { } version
            ? new ToolVersion(version, null)
            : new ToolVersion(null, $"'{path}' is not {tool}: set Tools to the right program");
    }

    // yt-dlp says nothing but its version, which is the day of its release.
    private static string? VersionIn(string tool, string said)
    {
        if (tool == YtDlp)
            return YtDlpVersion.DayOf(said) is null ? null : said;
        var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var name, "version", var version, ..] && name == tool ? version : null;
    }

    private sealed record Known(string File, ToolVersion Answer, long At);
}
