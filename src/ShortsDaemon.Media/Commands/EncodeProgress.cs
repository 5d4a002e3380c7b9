using System.Globalization;

namespace ShortsDaemon.Media.Commands;

/// <summary>How far an encode is.</summary>
/// <param name="Percent">0–100.</param>
/// <param name="Speed">Media seconds per wall second; null until known.</param>
/// <param name="Left">Estimated time left; null until known.</param>
public sealed record EncodeProgress(double Percent, double? Speed, TimeSpan? Left);

/// <summary>Reads the key=value lines of ffmpeg's -progress.</summary>
internal sealed class ProgressReader(TimeSpan length, Action<EncodeProgress>? report)
{
    private double? _speed;

    /// <summary>Media time written so far.</summary>
    public TimeSpan Written { get; private set; }

    public long Frames { get; private set; }

    /// <summary>ffmpeg said that it is done; another program would not.</summary>
    public bool HasEnded { get; private set; }

    /// <returns>True when the line shows that the encode moved on.</returns>
    public bool Read(string line)
    {
        var split = line.IndexOf('=', StringComparison.Ordinal);
        if (split < 0)
            return false;
        var value = line.AsSpan(split + 1).Trim();
        switch (line[..split])
        {
            case "frame":
                return Advance(value);
            case "out_time_us" when long.TryParse(value, CultureInfo.InvariantCulture, out var us) && us > 0:
                Written = TimeSpan.FromMicroseconds(us);
                return false;
            case "speed":
                _speed =
                    double.TryParse(value.TrimEnd('x'), CultureInfo.InvariantCulture, out var x) && x > 0 ? x : null;
                return false;
            case "progress":
                Report();
                HasEnded = value.SequenceEqual("end");
                return HasEnded;
            default:
                return false;
        }
    }

    private bool Advance(ReadOnlySpan<char> value)
    {
        var moved = long.TryParse(value, CultureInfo.InvariantCulture, out var frames) && frames > Frames;
        Frames = Math.Max(Frames, frames);
        return moved;
    }

    private void Report()
    {
        var percent = length > TimeSpan.Zero ? Math.Clamp(100 * (Written / length), 0, 100) : 0;
        var left = _speed is { } speed ? (length - Written) / speed : (TimeSpan?)null;
        report?.Invoke(new EncodeProgress(percent, _speed, left < TimeSpan.Zero ? TimeSpan.Zero : left));
    }
}
