using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Keeps work from starting on a disk that is about to be full.</summary>
internal static class DiskSpace
{
    private const double MiB = 1024 * 1024;

    // At most about a stream of 16 Mbit/s, with its sound.
    private const long ShortBytesPerSecond = 2_100_000;

    // Where the length is not known: the longest Short.
    private const double LongestSeconds = 180;

    /// <returns>Bytes that a Short of this recording takes at most.</returns>
    public static long OfShort(ClipFacts? facts) =>
        (long)((facts?.LengthSeconds ?? LongestSeconds) * ShortBytesPerSecond);

    /// <param name="folder">An existing folder on the disk in question.</param>
    /// <param name="needed">Bytes the work is going to write.</param>
    /// <param name="options">The mark below which nothing starts.</param>
    /// <exception cref="UnavailableException">There is not enough room.</exception>
    public static void Require(string folder, long needed, HealthOptions options)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free - needed < options.DiskMinimumMiB * MiB)
            throw new UnavailableException(
                $"only {free / MiB:0} MiB are free at '{folder}'; {needed / MiB:0} MiB are needed and "
                    + $"{options.DiskMinimumMiB:0} MiB have to stay free (Health:DiskMinimumMiB)"
            );
    }
}
