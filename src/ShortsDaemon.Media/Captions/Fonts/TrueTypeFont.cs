using System.Buffers.Binary;
using System.Text;

namespace ShortsDaemon.Media.Captions.Fonts;

/// <summary>
/// The tables of a TrueType or OpenType font that tell how wide a text is: cmap, hmtx, hhea, head, OS/2, name.
/// </summary>
internal sealed class TrueTypeFont
{
    private const int LargestTable = 8 * 1024 * 1024;
    private const int Bold = 1 << 5;
    private const int FamilyName = 1;

    private readonly CharacterMap _characters;
    private readonly byte[] _widths;
    private readonly int _widthCount;
    private readonly double _height;

    private TrueTypeFont(FontTables tables)
    {
        var head = tables.Require("head", 54);
        var hhea = tables.Require("hhea", 36);
        _widths = tables.Require("hmtx", 4);
        _widthCount = Math.Min(Word(hhea, 34), _widths.Length / 4);
        _characters = CharacterMap.In(tables.Require("cmap", 4));
        var metrics = tables.Find("OS/2") is { Length: >= 78 } os2 ? os2 : null;
        _height = HeightOf(metrics, hhea);
        IsBold = metrics is null ? (Word(head, 44) & 1) != 0 : (Word(metrics, 62) & Bold) != 0;
        Family = FamilyIn(tables.Require("name", 6));
        if (_widthCount == 0 || _height <= 0 || Family.Length == 0)
            throw new InvalidDataException("it has no widths, no height or no name");
    }

    /// <summary>Name of the family, as a style sheet calls it.</summary>
    public string Family { get; }

    public bool IsBold { get; }

    /// <param name="path">A .ttf, .otf or .ttc file.</param>
    /// <param name="index">Which font of a collection.</param>
    /// <exception cref="InvalidDataException">It is no such font.</exception>
    /// <exception cref="IOException">It cannot be read (also <see cref="UnauthorizedAccessException"/>).</exception>
    public static TrueTypeFont Read(string path, int index = 0)
    {
        using var file = File.OpenRead(path);
        return new(FontTables.Of(file, index, LargestTable));
    }

    /// <returns>How far the pen moves, in heights of the font; null when it has no glyph for it.</returns>
    public double? AdvanceOf(Rune rune)
    {
        var glyph = _characters.GlyphOf(rune.Value);
        if (glyph <= 0)
            return null;
        // The last width stands for all glyphs after it.
        return Word(_widths, 4 * Math.Min(glyph, _widthCount - 1)) / _height;
    }

    // As the drawing library scales: the size of a style is this height, not the em.
    private static double HeightOf(byte[]? metrics, byte[] hhea)
    {
        var wanted = metrics is null ? 0 : Word(metrics, 74) + Word(metrics, 76);
        return wanted > 0 ? wanted : Signed(hhea, 4) - Signed(hhea, 6);
    }

    private static string FamilyIn(byte[] names)
    {
        var (count, texts) = (Word(names, 2), Word(names, 4));
        var best = "";
        for (var i = 0; i < count && 6 + 12 * i + 12 <= names.Length; i++)
        {
            var record = names.AsSpan(6 + 12 * i, 12);
            var (platform, language) = (Word(record, 0), Word(record, 4));
            var (length, offset) = (Word(record, 8), texts + Word(record, 10));
            if (Word(record, 6) != FamilyName || platform is not (1 or 3) || offset + length > names.Length)
                continue;
            var text = (platform == 3 ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(names, offset, length);
            if (best.Length == 0 || (platform == 3 && language == 0x409))
                best = text;
        }
        return best;
    }

    private static int Word(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data[at..]);

    private static int Signed(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadInt16BigEndian(data[at..]);
}
