namespace ShortsDaemon.Media.Analysis;

/// <summary>How the pictures of a finished file look, as means over a few of them each second.</summary>
/// <param name="Light">Brightness, 0–255.</param>
/// <param name="Contrast">Distance between the darkest and the brightest tenth, 0–255.</param>
/// <param name="Colour">Saturation, 0–180.</param>
/// <param name="Motion">Mean difference to the picture half a second before, 0–255.</param>
/// <param name="Sharpness">Mean strength of the edges at 180×320 px, 0–255.</param>
public sealed record PictureLook(double Light, double Contrast, double Colour, double Motion, double Sharpness);

/// <summary>Reads what signalstats tells of each picture: on standard output of the pictures, on standard error of their edges.</summary>
internal sealed class PictureLines
{
    private const string Prefix = "lavfi.signalstats.";
    private readonly Dictionary<string, (double Sum, int Count)> _sums = new(StringComparer.Ordinal);

    /// <summary>Null when no picture was seen.</summary>
    public PictureLook? Look =>
        _sums.ContainsKey("YAVG")
            ? new PictureLook(
                Mean("YAVG"),
                Mean("YHIGH") - Mean("YLOW"),
                Mean("SATAVG"),
                Mean("YDIF"),
                Mean("edges:YAVG")
            )
            : null;

    public void ReadPicture(string line) => Read(line, "");

    public void ReadEdges(string line)
    {
        // What stands elsewhere are the file's own words, its title for instance.
        if (line.StartsWith("[Parsed_metadata", StringComparison.Ordinal))
            Read(line, "edges:");
    }

    private void Read(string line, string kind)
    {
        var at = line.IndexOf(Prefix, StringComparison.Ordinal);
        var split = at < 0 ? -1 : line.IndexOf('=', at);
        if (
            split < 0
            || !double.TryParse(
                line.AsSpan(split + 1).Trim(),
                System.Globalization.CultureInfo.InvariantCulture,
                out var value
            )
            || !double.IsFinite(value)
        )
            return;
        var name = kind + line[(at + Prefix.Length)..split];
        var (sum, count) = _sums.GetValueOrDefault(name);
        _sums[name] = (sum + value, count + 1);
    }

    private double Mean(string name) =>
        _sums.GetValueOrDefault(name) is { Count: > 0 } known ? known.Sum / known.Count : 0;
}
