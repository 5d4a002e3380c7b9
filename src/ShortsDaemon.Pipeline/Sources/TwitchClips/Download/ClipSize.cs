using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>Keeps a file that cannot be a clip from filling the disk.</summary>
internal static class ClipSize
{
    private const double MiB = 1024 * 1024;

    /// <param name="bytes">Announced, or arrived so far.</param>
    /// <param name="options">Twitch:MaxClipMiB.</param>
    /// <exception cref="RefusedMediaException">It is too large.</exception>
    public static void Require(long bytes, TwitchOptions options)
    {
        if (bytes > options.MaxClipMiB * MiB)
            throw new RefusedMediaException(
                FormattableString.Invariant(
                    $"its file has {bytes / MiB:0.#} MiB or more; the largest that is taken has {options.MaxClipMiB:0.#} MiB (Twitch:MaxClipMiB)"
                )
            );
    }
}
