using System.Buffers.Binary;

namespace ShortsDaemon.Media.Analysis;

/// <summary>Tells whether an MP4's index (moov) stands before its data (mdat), so that playing starts at once.</summary>
internal static class FastStart
{
    public static bool Check(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[16];
        for (long at = 0; at + 8 <= file.Length; )
        {
            file.Position = at;
            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (read < 8)
                return false;
            var name = header[4..8];
            if (name.SequenceEqual("moov"u8))
                return true;
            if (name.SequenceEqual("mdat"u8))
                return false;
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size == 1)
                size = read < header.Length ? 0 : BinaryPrimitives.ReadInt64BigEndian(header[8..]);
            if (size < 8 || size > file.Length - at)
                return false;
            at += size;
        }
        return false;
    }
}
