using System.Buffers.Binary;
using System.Text;
using ShortsDaemon.Media.Captions.Fonts;

namespace ShortsDaemon.Tests.Captions;

/// <summary>A font made for tests: it has widths and no shapes, and every width is known.</summary>
internal static class TestFont
{
    public const int Height = 2000;

    /// <summary>First and last character of each range it has.</summary>
    private static readonly (int From, int To)[] Ranges =
    [
        (0x20, 0x7E),
        (0xA0, 0x5FF),
        (0x600, 0x6FF),
        (0x3040, 0x30FF),
    ];

    /// <summary>Width of a character in units; 0 when the font has none.</summary>
    public static int UnitsOf(int character) =>
        Array.Exists(Ranges, range => range.From <= character && character <= range.To)
            ? 400 + character * 37 % 900
            : 0;

    public static FontSet Set(string folder)
    {
        var path = Path.Combine(folder, "test.ttf");
        File.WriteAllBytes(path, Bytes(12));
        return new FontSet(path, TrueTypeFont.Read(path), []);
    }

    /// <param name="format">Of the character map: 4 or 12.</param>
    public static byte[] Bytes(int format)
    {
        (string Name, byte[] Data)[] tables =
        [
            ("OS/2", Os2()),
            ("cmap", Map(format)),
            ("head", Filled(54, (18, 1000))),
            ("hhea", Filled(36, (4, 900), (34, GlyphCount))),
            ("hmtx", Widths()),
            ("name", Name("Test Sans")),
        ];
        List<byte> file = [.. Big32(0x00010000), .. Big16(tables.Length), .. new byte[6]];
        var offset = 12 + 16 * tables.Length;
        foreach (var (name, data) in tables)
        {
            file.AddRange([.. Encoding.ASCII.GetBytes(name), .. new byte[4], .. Big32(offset), .. Big32(data.Length)]);
            offset += data.Length;
        }
        return [.. file, .. tables.SelectMany(table => table.Data)];
    }

    private static IEnumerable<int> Characters =>
        Ranges.SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1));

    private static int GlyphCount => Characters.Count() + 1;

    // Ascent and descent of the window are the height; bit 5 of the selection says bold.
    private static byte[] Os2() => Filled(78, (62, 1 << 5), (74, 1500), (76, 500));

    private static byte[] Widths() =>
        [.. Big16(500), .. Big16(0), .. Characters.SelectMany(c => (byte[])[.. Big16(UnitsOf(c)), .. Big16(0)])];

    private static byte[] Map(int format)
    {
        var map = format == 12 ? Groups() : Segments();
        return [.. Big16(0), .. Big16(1), .. Big16(3), .. Big16(format == 12 ? 10 : 1), .. Big32(12), .. map];
    }

    private static byte[] Groups()
    {
        List<byte> groups = [];
        var glyph = 1;
        foreach (var (from, to) in Ranges)
        {
            groups.AddRange([.. Big32(from), .. Big32(to), .. Big32(glyph)]);
            glyph += to - from + 1;
        }
        return
        [
            .. Big16(12),
            .. Big16(0),
            .. Big32(16 + groups.Count),
            .. Big32(0),
            .. Big32(Ranges.Length),
            .. groups,
        ];
    }

    private static byte[] Segments()
    {
        (int From, int To)[] segments = [.. Ranges, (0xFFFF, 0xFFFF)];
        var glyph = 1;
        List<int> deltas = [];
        foreach (var (from, to) in segments)
        {
            deltas.Add(glyph - from);
            glyph += to - from + 1;
        }
        return
        [
            .. ((int[])[4, 16 + 8 * segments.Length, 0, 2 * segments.Length, 0, 0, 0]).SelectMany(Big16),
            .. segments.SelectMany(s => Big16(s.To)),
            .. Big16(0),
            .. segments.SelectMany(s => Big16(s.From)),
            .. deltas.SelectMany(Big16),
            .. segments.SelectMany(_ => Big16(0)),
        ];
    }

    private static byte[] Name(string family)
    {
        var text = Encoding.BigEndianUnicode.GetBytes(family);
        return [.. ((int[])[0, 1, 18, 3, 1, 0x409, 1, text.Length, 0]).SelectMany(Big16), .. text];
    }

    private static byte[] Filled(int length, params (int At, int Value)[] values)
    {
        var data = new byte[length];
        foreach (var (at, value) in values)
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(at), (ushort)value);
        return data;
    }

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Big32(int value) => [.. Big16(value >> 16), .. Big16(value)];
}
