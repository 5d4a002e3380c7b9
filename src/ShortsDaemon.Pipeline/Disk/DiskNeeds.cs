using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>How much room a piece of work is going to take. Guessed on the safe side.</summary>
internal static class DiskNeeds
{
    // At most about a stream of 16 Mbit/s, with its sound.
    private const long ShortBytesPerSecond = 2_100_000;

    // Platforms send clips with about 8 Mbit/s. A downloader keeps picture and sound beside the whole until it is done.
    private const long ClipBytesPerSecond = 2 * 1_100_000;

    // Where the length is not known: the longest Short.
    private const double LongestSeconds = 180;

    /// <returns>Bytes that a Short of this recording takes at most.</returns>
    public static long OfShort(ClipFacts? facts) => (long)(SecondsOf(facts) * ShortBytesPerSecond);

    /// <returns>Bytes that bringing the recording takes: it and, because it is of no use otherwise, its Short.</returns>
    public static long OfDownload(Item item) =>
        (item.SizeBytes > 0 ? item.SizeBytes : (long)(SecondsOf(item.Facts) * ClipBytesPerSecond))
        + OfShort(item.Facts);

    private static double SecondsOf(ClipFacts? facts) => facts?.LengthSeconds ?? LongestSeconds;
}
