using System.Diagnostics;
using System.Runtime.InteropServices;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Install;

/// <summary>One version of the program in a folder of its own.</summary>
/// <param name="Version">As `--version` says, the commit behind + shortened; the name of its folder on the shelf.</param>
/// <param name="Folder">Absolute path.</param>
internal sealed record Release(string Version, string Folder)
{
    private const string Library = "ShortsDaemon.dll";
    private const string Executable = "ShortsDaemon";
    private const int CommitLength = 8;

    /// <summary>The release that this program is.</summary>
    public static Release Own => At(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>Where the .NET runtime is that runs this program; null when the release brings its own.</summary>
    public static string? RuntimeFolder
    {
        get
        {
            var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
            return File.Exists(Path.Combine(root, "dotnet")) ? root : null;
        }
    }

    /// <exception cref="InstallException">There is no build of ShortsDaemon.</exception>
    public static Release At(string folder)
    {
        var library = Path.Combine(folder, Library);
        if (!File.Exists(library))
            throw new InstallException(
                $"'{folder}' holds no build of ShortsDaemon ({Library} is not there). Name the folder that `dotnet publish` made, or an archive of it."
            );
        var written = FileVersionInfo.GetVersionInfo(library).ProductVersion;
        return string.IsNullOrEmpty(written)
            ? throw new InstallException($"'{library}' has no version.")
            : new(Short(written), folder);
    }

    /// <summary>What starts the program in this folder, or behind a link to it.</summary>
    public static IReadOnlyList<string> ProgramIn(string folder) =>
        ToolPath.Find(Path.Combine(folder, Executable)) is not null
            ? [Path.Combine(folder, Executable)]
            : [ToolPath.Find(Path.Combine(RuntimeFolder ?? "", "dotnet")) ?? "dotnet", Path.Combine(folder, Library)];

    /// <summary>Whether both consist of the same files.</summary>
    public bool IsSameAs(Release other) =>
        Files().SequenceEqual(other.Files()) && Files().All(file => SameContent(other, file));

    private string[] Files() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Folder, file))
                .Order(StringComparer.Ordinal),
        ];

    private bool SameContent(Release other, string file)
    {
        var (one, two) = (Path.Combine(Folder, file), Path.Combine(other.Folder, file));
        return new FileInfo(one).Length == new FileInfo(two).Length
            && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(two));
    }

    private static string Short(string version)
    {
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus >= 0 && version.Length > plus + 1 + CommitLength ? version[..(plus + 1 + CommitLength)] : version;
    }
}
