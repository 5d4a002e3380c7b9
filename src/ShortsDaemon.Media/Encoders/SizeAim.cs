namespace ShortsDaemon.Media.Encoders;

/// <summary>How much bit rate a picture may have, so that the file stays below a size.</summary>
internal static class SizeAim
{
    // Below this nothing can be recognised; the file then becomes larger, and the gate says so.
    private const int Lowest = 300;

    // Above this no encoder goes by itself.
    private const int Highest = 16000;

    // Sound, and what the container adds to it.
    private const int Sound = 200;

    // Encoders keep a rate over a second of buffer, and not to the byte.
    private const double Room = 0.95;
    private const double BufferSeconds = 1;

    /// <param name="bytes">Largest file; null: as large as it likes.</param>
    /// <param name="length">Length of the Short.</param>
    /// <returns>kbit/s; null: there is nothing to limit.</returns>
    public static int? Kilobits(long? bytes, TimeSpan length)
    {
        var most = Room * bytes * 8 / 1000 / (length.TotalSeconds + BufferSeconds) - Sound;
        return most < Highest ? (int)Math.Max(Lowest, most.Value) : null;
    }
}
