using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>The credential files in one sealed file.</summary>
internal static class CredentialsPack
{
    private const int ShortestPassphrase = 12;

    /// <returns>The passphrase; null: none is configured.</returns>
    /// <exception cref="BackupException">It cannot be read, is short, or others can read it.</exception>
    public static async Task<string?> PassphraseAsync(BackupOptions options, CancellationToken cancel)
    {
        if (options.PassphraseFile.Length == 0)
            return null;
        try
        {
            var passphrase = (await SecretFile.ReadAsync(options.PassphraseFile, cancel)).Trim();
            return passphrase.Length >= ShortestPassphrase
                ? passphrase
                : throw new BackupException(
                    $"The passphrase in '{options.PassphraseFile}' (Backup:PassphraseFile) has fewer than {ShortestPassphrase} characters. Write a longer one."
                );
        }
        catch (Exception e) when (e is CredentialException or IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The passphrase (Backup:PassphraseFile) cannot be read: {e.Message}", e);
        }
    }

    public static async Task<byte[]> PackAsync(
        string folder,
        string passphrase,
        BackupOptions options,
        CancellationToken cancel
    )
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
            foreach (var path in Directory.EnumerateFiles(folder).Where(path => IsSecret(path, options)))
                files[Path.GetFileName(path)] = await File.ReadAllTextAsync(path, cancel);
        return Sealed.Close(JsonSerializer.SerializeToUtf8Bytes(files), passphrase);
    }

    /// <summary>Writes them, for their owner alone. A file that differs is kept beside under another name.</summary>
    /// <param name="pack">What <see cref="PackAsync"/> has made.</param>
    /// <param name="passphrase">Of that time.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="suffix">Of those that are replaced, for instance ".replaced-20261121T041000Z".</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Names of the files that were written.</returns>
    public static async Task<IReadOnlyList<string>> UnpackAsync(
        byte[] pack,
        string passphrase,
        string folder,
        string suffix,
        CancellationToken cancel
    )
    {
        var files = JsonSerializer.Deserialize<SortedDictionary<string, string>>(Sealed.Open(pack, passphrase)) ?? [];
        List<string> written = [];
        foreach (var (name, text) in files.Where(file => Path.GetFileName(file.Key) == file.Key))
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path) && await File.ReadAllTextAsync(path, cancel) == text)
                continue;
            if (File.Exists(path))
                File.Move(path, path + suffix, overwrite: true);
            await SecretFile.WriteAsync(path, text, cancel);
            written.Add(name);
        }
        return written;
    }

    // The key is not laid into the box that it opens.
    private static bool IsSecret(string path, BackupOptions options) =>
        Path.GetFileName(path) is var name
        && name[0] != '.'
        && name != "README.md"
        && !name.EndsWith(".tmp", StringComparison.Ordinal)
        && !name.Contains(".replaced-", StringComparison.Ordinal)
        && path != options.PassphraseFile;
}
