using System.Text.RegularExpressions;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Encoders;

/// <summary>Asks an ffmpeg which version it is and which encoders it was built with.</summary>
internal sealed partial class FFmpegBuild(ProcessRunner processes)
{
    private static readonly ProcessLimits Limits = new() { Time = TimeSpan.FromSeconds(20) };
    private (string Path, DateTime Written, long Size, string Version)? _known;

    /// <summary>First line of `ffmpeg -version`; asked again only when the file has changed.</summary>
    /// <exception cref="ProcessFailedException">It does not run, or is not ffmpeg.</exception>
    public async Task<string> VersionAsync(string path, CancellationToken cancel)
    {
        var file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        var (written, size) = (file.LastWriteTimeUtc, file.Length);
        if (_known is { } known && known.Path == path && known.Written == written && known.Size == size)
            return known.Version;
        var first = (await ReadAsync(path, ["-version"], cancel).ConfigureAwait(false)).FirstOrDefault("");
        if (!first.StartsWith("ffmpeg version", StringComparison.Ordinal))
            throw new ProcessFailedException($"'{path}' is not ffmpeg: -version said '{first}'");
        _known = (path, written, size, first);
        return first;
    }

    /// <summary>The names in `ffmpeg -encoders`.</summary>
    public async Task<IReadOnlySet<string>> EncodersAsync(string path, CancellationToken cancel)
    {
        var lines = await ReadAsync(path, ["-hide_banner", "-encoders"], cancel).ConfigureAwait(false);
        return lines
            .Select(line => EncoderLine().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
    }

    private async Task<List<string>> ReadAsync(string path, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        List<string> lines = [];
        var command = new ProcessCommand(path, arguments) { Limits = Limits };
        await processes
            .RequireAsync(command, new OutputHandlers { OnOutput = lines.Add }, cancel)
            .ConfigureAwait(false);
        return lines;
    }

    [GeneratedRegex(
        @"^\s*V[A-Z.]{5}\s+(?<name>[\w-]+)\s",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EncoderLine();
}
