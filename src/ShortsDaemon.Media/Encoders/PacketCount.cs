using System.Globalization;

namespace ShortsDaemon.Media.Encoders;

/// <summary>Reads ffmpeg's framecrc lines: "stream, dts, pts, duration, size, checksum" and "#extradata stream: size, …".</summary>
internal sealed class PacketCount
{
    private const int SizeField = 4;
    private int _packets;
    private bool _hasHeader;

    public void Add(string line)
    {
        if (line.StartsWith("#extradata", StringComparison.Ordinal))
            _hasHeader = true;
        else if (!line.StartsWith('#') && SizeOf(line) > 0)
            _packets++;
    }

    /// <returns>What is missing from a whole encode, in words; null when nothing is.</returns>
    public string? Shortfall(int expected) =>
        _packets < expected ? $"The trial encode gave {_packets} of {expected} frames"
        : _hasHeader ? null
        : "The trial encode gave no stream header, so an mp4 of it would not play";

    private static int SizeOf(string line)
    {
        var fields = line.Split(',');
        return
            fields.Length > SizeField
            && int.TryParse(
                fields[SizeField],
                NumberStyles.AllowLeadingWhite,
                CultureInfo.InvariantCulture,
                out var size
            )
            ? size
            : 0;
    }
}
