using System.Security.Cryptography;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>SHA-256 of a file in lower-case hex.</summary>
internal static class FileHash
{
    public static async Task<string> OfAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }
}
