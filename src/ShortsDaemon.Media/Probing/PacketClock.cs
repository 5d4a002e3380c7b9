using System.Globalization;

namespace ShortsDaemon.Media.Probing;

/// <summary>Finds the end of a stream in ffprobe's CSV lines "time stamp,duration" of its packets, in s.</summary>
internal sealed class PacketClock
{
    /// <summary>When the last picture ends; null until a packet with a time was read.</summary>
    public TimeSpan? End { get; private set; }

    public void Read(string line)
    {
        var fields = line.Split(',');
        if (Number(fields[0]) is not { } at)
            return;
        var end = TimeSpan.FromSeconds(at + (fields.Length > 1 ? Number(fields[1]) ?? 0 : 0));
        End = End > end ? End : end;
    }

    private static double? Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e9 ? number : null;
}
