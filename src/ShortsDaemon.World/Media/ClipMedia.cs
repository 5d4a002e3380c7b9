using System.Collections.Concurrent;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.World.Media;

/// <summary>Clips that ffmpeg makes when they are asked for: a moving picture with a tone. No two ids look or sound alike.</summary>
internal sealed class ClipMedia(WorldOptions options)
{
    private readonly string _folder = Path.GetFullPath(options.MediaDirectory);
    private readonly ProcessRunner _processes = new(TimeProvider.System, options.MediaDirectory);
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _files = new(StringComparer.Ordinal);

    /// <returns>Path of the MP4 file (H.264, AAC); made once, also when many ask at a time.</returns>
    /// <exception cref="ProcessFailedException">ffmpeg is missing or could not make it; the next call tries again.</exception>
    public async Task<string> FileAsync(ClipPicture picture)
    {
        var path = Path.Combine(_folder, $"clip-{picture.Key}.mp4");
        var file = _files.GetOrAdd(path, _ => new(() => MakeAsync(picture, path)));
        try
        {
            return await file.Value;
        }
        catch
        {
            _files.TryRemove(new(path, file));
            throw;
        }
    }

    private async Task<string> MakeAsync(ClipPicture picture, string path)
    {
        if (File.Exists(path))
            return path;
        Directory.CreateDirectory(_folder);
        var (piece, whole) = ($"{path}.piece.mp4", $"{path}.part");
        await FFmpegAsync([.. picture.Piece, "-f", "mp4", piece]);
        await FFmpegAsync([.. picture.Whole(piece), "-f", "mp4", whole]);
        File.Delete(piece);
        File.Move(whole, path, overwrite: true);
        return path;
    }

    // No caller's token: others may wait for the same file.
    private async Task FFmpegAsync(IEnumerable<string> arguments) =>
        await _processes.RequireAsync(
            new(options.FFmpeg, ["-v", "error", "-nostdin", "-y", .. arguments]) { LowPriority = true },
            OutputHandlers.None,
            CancellationToken.None
        );
}
