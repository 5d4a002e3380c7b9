using System.Globalization;
using System.Runtime.InteropServices;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Host.Install;

/// <summary>The releases side by side, and the link that says which of them runs.</summary>
internal sealed partial class ReleaseShelf(InstallRoot root)
{
    private const string Unfinished = ".part";

    /// <summary>The one that runs, or would run; null: there is none.</summary>
    public Release? Current =>
        new FileInfo(root.Current).LinkTarget is { } target ? Get(Path.GetFileName(target)) : null;

    public IReadOnlyList<string> Versions =>
        [.. Directory.EnumerateDirectories(root.Releases).Select(Path.GetFileName).OfType<string>().Where(IsWhole)];

    /// <exception cref="InstallException">It is not there.</exception>
    public Release Get(string version) =>
        Directory.Exists(FolderOf(version))
            ? new(version, FolderOf(version))
            : throw new InstallException($"The release '{version}' is not in '{root.Releases}' any more.");

    /// <summary>Copies a build. One that is there already is taken as it is.</summary>
    /// <param name="build">Where it comes from.</param>
    /// <param name="except">A folder that is left out, because it holds data.</param>
    public Release Add(Release build, string except)
    {
        RemoveUnfinished();
        var version = build.Version;
        for (var number = 2; Directory.Exists(FolderOf(version)); number++)
        {
            if (IsSame(build, Get(version)))
                return Get(version);
            version = string.Create(CultureInfo.InvariantCulture, $"{build.Version}-{number}");
        }
        var part = Path.Combine(root.Releases, $".{version}{Unfinished}");
        Copy(build.Folder, part, Path.GetFullPath(except));
        Directory.Move(part, FolderOf(version));
        DurableFile.SyncFolder(root.Releases);
        return Get(version);
    }

    /// <summary>At no moment is there no link or half of one.</summary>
    public void SwitchTo(Release release)
    {
        var beside = root.Current + Unfinished;
        File.Delete(beside);
        File.CreateSymbolicLink(beside, Path.Combine(Path.GetFileName(root.Releases), release.Version));
        // File.Move will not have a link to a folder.
        if (Rename(beside, root.Current) != 0)
            throw new InstallException(
                $"The link '{root.Current}' could not be pointed to '{release.Folder}' (error {Marshal.GetLastPInvokeError()})."
            );
        DurableFile.SyncFolder(root.Path);
    }

    public void Remove(string version) => Directory.Delete(FolderOf(version), recursive: true);

    // A build that was started in its own folder may have data in it that the copy on the shelf has not.
    private static bool IsSame(Release build, Release there) => build.Folder == there.Folder || build.IsSameAs(there);

    private string FolderOf(string version) => Path.Combine(root.Releases, version);

    private static bool IsWhole(string name) => name[0] != '.';

    private void RemoveUnfinished()
    {
        foreach (var part in Directory.EnumerateDirectories(root.Releases, $".*{Unfinished}"))
            Directory.Delete(part, recursive: true);
    }

    private static void Copy(string from, string to, string except)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => folder != except))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)), except);
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
