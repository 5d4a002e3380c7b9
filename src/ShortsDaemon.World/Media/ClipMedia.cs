using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.World.Media;

/// <summary>Clips that ffmpeg makes when they are asked for: a moving picture with a tone. No two ids look or sound alike.</summary>
internal sealed class ClipMedia(WorldOptions options)
{
    private readonly ProcessRunner _processes = new(TimeProvider.System, options.MediaDirectory);
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _files = new(StringComparer.Ordinal);

    /// <returns>Path of the MP4 file (H.264, AAC); made once, also when many ask at a time.</returns>
    /// <exception cref="ProcessFailedException">ffmpeg is missing or could not make it; the next call tries again.</exception>
    public async Task<string> FileAsync(ClipPicture picture)
    {
        var name = $"clip-{Convert.ToHexStringLower(picture.Hash.AsSpan(0, 12))}.mp4";
        // Not the caller's token: others may wait for the same file.
        var file = _files.GetOrAdd(
            name,
            key => new(() => MakeAsync(picture, Path.Combine(options.MediaDirectory, key)))
        );
        try
        {
            return await file.Value;
        }
        catch (ProcessFailedException)
        {
            _files.TryRemove(new(name, file));
            throw;
        }
    }

    private async Task<string> MakeAsync(ClipPicture picture, string path)
    {
        if (File.Exists(path))
            return path;
        Directory.CreateDirectory(options.MediaDirectory);
        var whole = $"{path}.{Guid.NewGuid():N}.part";
        var command = new ProcessCommand(options.FFmpeg, [.. picture.Arguments, "-f", "mp4", whole])
        {
            LowPriority = true,
        };
        await _processes.RequireAsync(command, OutputHandlers.None, CancellationToken.None);
        File.Move(whole, path, overwrite: true);
        return path;
    }
}

/// <param name="Id">Makes it different from all others.</param>
/// <param name="Seconds">Length.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record ClipPicture(string Id, double Seconds, int Width, int Height)
{
    public byte[] Hash { get; } =
        SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {Seconds} {Width} {Height}"))
        );

    /// <summary>A slow colour gradient with a fast small test picture in it: lively, yet cheap to draw and to encode.</summary>
    public IEnumerable<string> Arguments =>
        [
            .. (string[])["-v", "error", "-nostdin", "-y"],
            .. (string[])["-f", "lavfi", "-i", $"gradients=s=320x180:r=30:nb_colors=4:speed=0.05:seed={Seed}"],
            .. (string[])["-f", "lavfi", "-i", $"testsrc=s=320x240:r=30,hue=h={Seed % 360}"],
            .. (string[])["-f", "lavfi", "-i", $"sine=frequency={220 + (Seed % 660)}:beep_factor=4:sample_rate=48000"],
            .. (string[])
                [
                    "-filter_complex",
                    $"[0:v]scale={Width}:{Height}:flags=fast_bilinear[b];[b][1:v]overlay=40:40,format=yuv420p[v]",
                ],
            .. (string[])["-map", "[v]", "-map", "2:a", "-t", Seconds.ToString(CultureInfo.InvariantCulture)],
            .. (string[])["-c:v", "libx264", "-preset", "ultrafast", "-crf", "28", "-g", "60"],
            .. (string[])["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"],
        ];

    private uint Seed => BitConverter.ToUInt32(Hash) % 1_000_000;
}
