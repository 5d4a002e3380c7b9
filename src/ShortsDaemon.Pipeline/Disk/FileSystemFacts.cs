using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ShortsDaemon.Pipeline.Disk;

/// <summary>What .NET does not tell of a file system: how many files still fit, and which one it is.</summary>
internal static partial class FileSystemFacts
{
    // More than the structure takes anywhere.
    private const int Size = 512;

    /// <returns>Files that can still be made (null: no limit, or not told) and a number of the file system (0: not told).</returns>
    public static (long? FreeInodes, ulong Id) Of(string folder)
    {
        var facts = new byte[Size];
        if (!Environment.Is64BitProcess || StatVfs(folder, facts) != 0)
            return (null, 0);
        if (OperatingSystem.IsLinux())
            // f_files, f_favail and f_fsid: all fields have 8 bytes.
            return (Word(facts, 5) == 0 ? null : (long)Word(facts, 7), Word(facts, 8));
        // On macOS the counts have 4 bytes, and its file system makes inodes as it needs them.
        return OperatingSystem.IsMacOS() ? (null, Word(facts, 5)) : (null, 0);
    }

    private static ulong Word(byte[] facts, int index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(facts.AsSpan(8 * index));

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatVfs(string path, byte[] facts);
}
