using System.Formats.Tar;
using System.IO.Compression;

namespace ShortsDaemon.Host.Install;

/// <summary>A build somebody brings: a folder, or an archive (.zip, .tar, .tar.gz, .tgz) of one.</summary>
internal sealed class Build : IDisposable
{
    private readonly DirectoryInfo? _unpacked;

    private Build(Release release, DirectoryInfo? unpacked) => (Release, _unpacked) = (release, unpacked);

    public Release Release { get; }

    /// <param name="path">Folder or archive; null: the program that runs.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InstallException">There is no build in it.</exception>
    public static async Task<Build> OpenAsync(string? path, CancellationToken cancel)
    {
        if (path is null)
            return new(Release.Own, null);
        if (Directory.Exists(path))
            return new(Release.At(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), null);
        if (!File.Exists(path))
            throw new InstallException($"There is no '{path}'.");
        var unpacked = Directory.CreateTempSubdirectory("shortsdaemon-build-");
        try
        {
            await UnpackAsync(path, unpacked.FullName, cancel);
            // Archives often hold one folder with everything in it.
            var folder =
                Directory.GetFileSystemEntries(unpacked.FullName) is [var only] && Directory.Exists(only)
                    ? only
                    : unpacked.FullName;
            return new(Release.At(folder), unpacked);
        }
        catch (Exception e)
        {
            unpacked.Delete(recursive: true);
            if (e is InvalidDataException or IOException or UnauthorizedAccessException)
                throw new InstallException($"The archive '{path}' cannot be unpacked: {e.Message}", e);
            throw;
        }
    }

    public void Dispose() => _unpacked?.Delete(recursive: true);

    private static async Task UnpackAsync(string path, string folder, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            await ZipFile.ExtractToDirectoryAsync(file, folder, cancel);
        else if (path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase))
            await TarFile.ExtractToDirectoryAsync(file, folder, overwriteFiles: false, cancel);
        else
        {
            await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(unzipped, folder, overwriteFiles: false, cancel);
        }
    }
}
