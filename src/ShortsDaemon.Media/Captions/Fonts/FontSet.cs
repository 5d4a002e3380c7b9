using System.Text;

namespace ShortsDaemon.Media.Captions.Fonts;

/// <summary>The font texts are drawn with, and those that stand in for characters it lacks.</summary>
public sealed class FontSet
{
    // Without any font for it: as wide as the widest, an emoji.
    private const double Widest = 1.3;

    private readonly TrueTypeFont _main;
    private readonly IReadOnlyList<Lazy<TrueTypeFont?>> _others;
    private readonly Dictionary<int, double> _known = [];
    private readonly Lock _lock = new();

    internal FontSet(string path, TrueTypeFont main, IReadOnlyList<Lazy<TrueTypeFont?>> others) =>
        (Path, _main, _others) = (path, main, others);

    /// <summary>File of the main font.</summary>
    public string Path { get; }

    internal string Family => _main.Family;

    internal bool IsBold => _main.IsBold;

    /// <summary>Width of one line, in px.</summary>
    /// <param name="text">Without line breaks.</param>
    /// <param name="size">Height of the font in px, as styles count it.</param>
    public double WidthOf(string text, double size) => text.EnumerateRunes().Sum(Advance) * size;

    private double Advance(Rune rune)
    {
        if (CaptionText.HasNoWidth(rune))
            return 0;
        lock (_lock)
        {
            if (_known.TryGetValue(rune.Value, out var known))
                return known;
            return _known[rune.Value] = _main.AdvanceOf(rune) ?? InOthers(rune) ?? Widest;
        }
    }

    // Which of them the drawing library takes is its own affair: the widest is on the safe side.
    private double? InOthers(Rune rune) =>
        _others.Select(font => font.Value?.AdvanceOf(rune)).Where(advance => advance is not null).Max();
}
