using System.Buffers.Binary;

namespace ShortsDaemon.Media.Captions.Fonts;

/// <summary>Which glyph a character has: the cmap table in its two usual formats, 4 (16 bit) and 12 (all of Unicode).</summary>
internal sealed class CharacterMap
{
    private readonly byte[] _table;
    private readonly int _start;

    private CharacterMap(byte[] table, int start) => (_table, _start) = (table, start);

    /// <exception cref="InvalidDataException">It is in neither format.</exception>
    public static CharacterMap In(byte[] table)
    {
        CharacterMap? best = null;
        for (var i = 0; i < Short(table, 2) && 4 + 8 * i + 8 <= table.Length; i++)
        {
            var (platform, encoding) = (Short(table, 4 + 8 * i), Short(table, 6 + 8 * i));
            var map = new CharacterMap(table, (int)Math.Min(Long(table, 8 + 8 * i), int.MaxValue / 2));
            var isUnicode = platform == 0 || (platform == 3 && encoding is 1 or 10);
            if (isUnicode && map.Format is 4 or 12 && map.Format > (best?.Format ?? 0))
                best = map;
        }
        return best ?? throw new InvalidDataException("it has no table of Unicode characters");
    }

    private int Format => _start + 16 <= _table.Length ? Short(_table, _start) : 0;

    /// <returns>0 when there is none.</returns>
    public int GlyphOf(int character)
    {
        try
        {
            return Format == 12 ? InGroups(character) : InSegments(character);
        }
        catch (ArgumentOutOfRangeException)
        {
            return 0; // the table points outside of itself
        }
    }

    private int InGroups(int character)
    {
        var (low, high) = (0L, Long(_table, _start + 12) - 1L);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var group = (int)(_start + 16 + 12 * middle);
            if (character < Long(_table, group))
                high = middle - 1;
            else if (character > Long(_table, group + 4))
                low = middle + 1;
            else
                return (int)(Long(_table, group + 8) + (character - Long(_table, group)));
        }
        return 0;
    }

    // Four lists after one another: ends, starts, deltas, and where the glyphs stand.
    private int InSegments(int character)
    {
        var size = Short(_table, _start + 6);
        var (ends, starts) = (_start + 14, _start + 16 + size);
        for (var i = 0; i < size; i += 2)
        {
            if (Short(_table, ends + i) < character)
                continue;
            var first = Short(_table, starts + i);
            if (first > character)
                return 0;
            var delta = Short(_table, starts + size + i);
            var place = starts + 2 * size + i;
            var offset = Short(_table, place);
            if (offset == 0)
                return (character + delta) & 0xFFFF;
            var glyph = Short(_table, place + offset + 2 * (character - first));
            return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
        }
        return 0;
    }

    private static int Short(byte[] data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at));

    private static uint Long(byte[] data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at));
}
