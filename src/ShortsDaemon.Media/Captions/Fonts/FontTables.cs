using System.Buffers.Binary;
using System.Text;

namespace ShortsDaemon.Media.Captions.Fonts;

/// <summary>The tables of one font in a file. Only those that are asked for are read: fonts of Chinese have many MiB.</summary>
internal sealed class FontTables
{
    private const uint TrueType = 0x00010000;
    private const uint OpenType = 0x4F54544F; // OTTO
    private const uint OldTrueType = 0x74727565; // true
    private const uint Collection = 0x74746366; // ttcf

    private readonly Stream _file;
    private readonly int _largest;
    private readonly Dictionary<string, (uint Offset, uint Length)> _places = new(StringComparer.Ordinal);

    private FontTables(Stream file, int largest) => (_file, _largest) = (file, largest);

    /// <exception cref="InvalidDataException">It is no font.</exception>
    public static FontTables Of(Stream file, int index, int largest)
    {
        var tables = new FontTables(file, largest);
        long start = 0;
        if (tables.Number(0) == Collection)
            start = index < tables.Number(8) ? tables.Number(12 + 4 * index) : throw Bad("it has not so many fonts");
        if (tables.Number(start) is not (TrueType or OpenType or OldTrueType))
            throw Bad("it is no TrueType or OpenType font");
        var count = BinaryPrimitives.ReadUInt16BigEndian(tables.Bytes(start + 4, 2));
        for (var i = 0; i < count; i++)
        {
            var record = tables.Bytes(start + 12 + 16 * i, 16).AsSpan();
            tables._places[Encoding.ASCII.GetString(record[..4])] = (
                BinaryPrimitives.ReadUInt32BigEndian(record[8..]),
                BinaryPrimitives.ReadUInt32BigEndian(record[12..])
            );
        }
        return tables;
    }

    /// <returns>Null when the font has no such table.</returns>
    public byte[]? Find(string name) =>
        _places.TryGetValue(name, out var place) && place.Length <= _largest
            ? Bytes(place.Offset, (int)place.Length)
            : null;

    /// <exception cref="InvalidDataException">It is missing, too short or absurdly long.</exception>
    public byte[] Require(string name, int least) =>
        Find(name) is { } table && table.Length >= least
            ? table
            : throw Bad($"its table '{name}' is missing or broken");

    private uint Number(long at) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(at, 4));

    private byte[] Bytes(long at, int length)
    {
        if (at + length > _file.Length)
            throw Bad("it is cut off");
        var bytes = new byte[length];
        _file.Position = at;
        _file.ReadExactly(bytes);
        return bytes;
    }

    private static InvalidDataException Bad(string what) => new(what);
}
