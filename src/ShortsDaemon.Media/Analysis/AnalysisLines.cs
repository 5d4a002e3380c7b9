using System.Globalization;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Media.Analysis;

/// <summary>Reads the lines that ffmpeg's measuring filters write to standard error at info level.</summary>
internal sealed partial class AnalysisLines
{
    private readonly Dictionary<string, double> _integrated = [];
    private readonly Dictionary<string, double> _peak = [];
    private readonly Dictionary<string, double> _range = [];
    private readonly List<Stretch> _blacks = [];
    private readonly List<Stretch> _freezes = [];
    private readonly List<Stretch> _silences = [];
    private string _filter = "";
    private double? _freezeStart;

    /// <summary>Black stretches.</summary>
    public IReadOnlyList<Stretch> Blacks => _blacks;

    /// <summary>Stretches in which the picture stands still.</summary>
    public IReadOnlyList<Stretch> Freezes => _freezes;

    /// <summary>Sum of black stretches in s.</summary>
    public double BlackSeconds => _blacks.Sum(s => s.Seconds);

    /// <summary>Sum of frozen stretches in s.</summary>
    public double FrozenSeconds => _freezes.Sum(s => s.Seconds);

    /// <summary>Sum of silent stretches in s.</summary>
    public double SilentSeconds => _silences.Sum(s => s.Seconds);

    /// <summary>Measured loudness of each ebur128 filter in the order of the graph.</summary>
    public IReadOnlyList<Loudness> Loudness =>
        [.. _integrated.OrderBy(i => i.Key.Length).ThenBy(i => i.Key, StringComparer.Ordinal).Select(ToLoudness)];

    /// <summary>The first of them.</summary>
    public Loudness Heard => Loudness is [var first, ..] ? first : Analysis.Loudness.None;

    public void Read(string line)
    {
        // What stands elsewhere are the file's own words, its title for instance.
        if (OwnLine().IsMatch(line))
            ReadOwn(line);
        else if (line.StartsWith(' ') && _filter.Length > 0)
            ReadSummary(line);
        else if (line.Length > 0)
            _filter = "";
    }

    private void ReadOwn(string line)
    {
        var isSummary =
            line.StartsWith("[Parsed_ebur128", StringComparison.Ordinal)
            && line.TrimEnd().EndsWith("Summary:", StringComparison.Ordinal);
        _filter = isSummary ? line[..line.IndexOf(' ', StringComparison.Ordinal)] : "";
        if (!isSummary)
            ReadStretch(line);
    }

    private void ReadSummary(string line)
    {
        if (Value(line, "I:") is { } integrated && line.TrimEnd().EndsWith("LUFS", StringComparison.Ordinal))
            _integrated[_filter] = integrated;
        else if (Value(line, "Peak:") is { } peak)
            _peak[_filter] = peak;
        else if (Value(line, "LRA:") is { } range)
            _range[_filter] = range;
    }

    /// <summary>Closes a freeze that lasts to the end of the file.</summary>
    public void End(TimeSpan length)
    {
        if (_freezeStart is { } start && length.TotalSeconds > start)
            _freezes.Add(new Stretch(start, length.TotalSeconds));
        _freezeStart = null;
    }

    private void ReadStretch(string line)
    {
        if (Value(line, "black_duration:") is { } black)
            Add(_blacks, Value(line, "black_end:") - black, black);
        if (Value(line, "silence_duration:") is { } silent)
            Add(_silences, Value(line, "silence_end:") - silent, silent);
        if (Value(line, "freeze_duration:") is { } frozen)
        {
            Add(_freezes, _freezeStart, frozen);
            _freezeStart = null;
        }
        _freezeStart = Value(line, "freeze_start:") ?? _freezeStart;
    }

    private static void Add(List<Stretch> stretches, double? start, double seconds) =>
        stretches.Add(new Stretch(start ?? 0, (start ?? 0) + seconds));

    private Loudness ToLoudness(KeyValuePair<string, double> filter) =>
        new(filter.Value, _peak.GetValueOrDefault(filter.Key, -100), SilentSeconds)
        {
            Range = _range.GetValueOrDefault(filter.Key),
            Silences = _silences.Count == 0 ? [] : [.. _silences],
        };

    // A filter's own lines begin with its name and address; the summary's lines are indented.
    [GeneratedRegex(@"^\[[^\] ]+ @ [^\] ]+\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnLine();

    private static double? Value(string line, string label)
    {
        var at = line.IndexOf(label, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = line.AsSpan(at + label.Length).Trim();
        var end = rest.IndexOf(' ');
        var word = end < 0 ? rest : rest[..end];
        return word.SequenceEqual("-inf") ? -100
            : double.TryParse(word, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : null;
    }
}
