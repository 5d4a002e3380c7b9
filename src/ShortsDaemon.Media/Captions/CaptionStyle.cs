namespace ShortsDaemon.Media.Captions;

/// <summary>How captions look.</summary>
public enum CaptionStyleName
{
    /// <summary>Large white capitals with a thick black outline; the current word is yellow; each cue pops up.</summary>
    BoldPop,

    /// <summary>Smaller, as written, with a thin outline; the current word is light blue.</summary>
    Clean,

    /// <summary>White on a dark box; the current word is yellow.</summary>
    Boxed,
}

/// <summary>Figures of a style. Colours are &amp;HAABBGGRR, AA 00 is opaque; lengths are px.</summary>
/// <param name="Size">Height of the font, which also is that of a line.</param>
/// <param name="Plain">Colour of words.</param>
/// <param name="Current">Colour of the word that is said.</param>
/// <param name="Outline">Around each letter.</param>
/// <param name="Shadow">Distance of the shadow; of a box: what it reaches beyond the text.</param>
internal sealed record CaptionStyle(int Size, string Plain, string Current, int Outline, int Shadow)
{
    private const string White = "&H00FFFFFF";
    private const string Yellow = "&H0000DDFF";

    public bool IsCapitals { get; init; }

    /// <summary>Each cue grows to its size within a moment.</summary>
    public bool Pops { get; init; }

    /// <summary>A dark box lies under the text.</summary>
    public bool HasBox { get; init; }

    /// <summary>A text as this style draws it.</summary>
    public string Shown(string text) => IsCapitals ? text.ToUpperInvariant() : text;

    /// <summary>What is drawn beyond the letters on each side, px.</summary>
    public int Border => Outline + Shadow;

    public static CaptionStyle Of(CaptionStyleName name) =>
        name switch
        {
            CaptionStyleName.BoldPop => new(78, White, Yellow, 6, 2) { IsCapitals = true, Pops = true },
            CaptionStyleName.Clean => new(68, White, "&H00FFCF70", 3, 1),
            CaptionStyleName.Boxed => new(66, White, Yellow, 1, 18) { HasBox = true },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such style"),
        };
}
