using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Publish.Folder;

/// <summary>Files that are whole or not there, also after a power cut: written beside, synced, renamed, folder synced.</summary>
public static partial class DurableFile
{
    /// <summary>The name a file has while it is written.</summary>
    public static string Partial(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");

    public static async Task CopyAsync(string from, string to, CancellationToken cancel)
    {
        await using var source = File.OpenRead(from);
        await PlaceAsync(to, overwrite: true, target => source.CopyToAsync(target, 1 << 17, cancel));
    }

    /// <summary>Copies the very file that passed the gate; what is there already is not touched.</summary>
    /// <exception cref="MissingArtefactException">The bytes are not those with this hash; nothing is left behind.</exception>
    public static async Task CopyApprovedAsync(string from, string to, string sha256, CancellationToken cancel)
    {
        await using var source = File.OpenRead(from);
        await PlaceAsync(
            to,
            overwrite: false,
            async target =>
            {
                using var hash = SHA256.Create();
                await using var hashing = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true);
                await source.CopyToAsync(hashing, 1 << 17, cancel);
                await hashing.FlushFinalBlockAsync(cancel);
                if (Convert.ToHexStringLower(hash.Hash!) != sha256)
                    throw new MissingArtefactException(
                        ItemState.Render,
                        "the Short is not the file that passed the gate"
                    );
            }
        );
    }

    public static Task WriteAsync(string to, byte[] content, CancellationToken cancel) =>
        PlaceAsync(to, overwrite: true, target => target.WriteAsync(content, cancel).AsTask());

    private static async Task PlaceAsync(string path, bool overwrite, Func<FileStream, Task> write)
    {
        var partial = Partial(path);
        try
        {
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    // .NET cannot open a folder; without this the new name itself may be lost in a power cut.
    public static void SyncFolder(string folder)
    {
        var handle = Open(folder, 0);
        if (handle < 0)
            throw new IOException($"'{folder}' cannot be opened to be synced (error {Marshal.GetLastPInvokeError()})");
        _ = FSync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
