using System.Text;

namespace ShortsDaemon.Pipeline.Credentials;

/// <summary>A file with a secret in it: readable for its owner alone, replaced as a whole or not at all.</summary>
public static class SecretFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = Owner | UnixFileMode.UserExecute;

    /// <exception cref="CredentialException">It is missing, or others may read it; the message says how to mend that.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new CredentialException($"'{path}' does not exist");
        RequirePrivate(path);
        return await File.ReadAllTextAsync(path, cancel);
    }

    /// <exception cref="CredentialException">Others than the owner may reach it.</exception>
    public static void RequirePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(Owner | UnixFileMode.UserExecute)) != 0)
            throw new CredentialException($"'{path}' can be reached by others; mend it with: chmod 600 '{path}'");
    }

    /// <summary>Writes beside it, flushes to disk and renames, so that a crash leaves the old text or the new one.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnersFolder);
        var beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = Owner,
            };
            await using (var file = new FileStream(beside, options))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
