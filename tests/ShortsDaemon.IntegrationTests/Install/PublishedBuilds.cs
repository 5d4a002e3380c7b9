using System.Diagnostics;
using System.Text;
using ShortsDaemon.IntegrationTests.Daemon;

namespace ShortsDaemon.IntegrationTests.Install;

/// <summary>The program as `dotnet publish` makes it, and later versions of it.</summary>
internal sealed class PublishedBuilds : IDisposable
{
    private const string Library = "ShortsDaemon.dll";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("published-");

    public string First => Path.Combine(_folder.FullName, "first");

    public static async Task<PublishedBuilds> MakeAsync()
    {
        var builds = new PublishedBuilds();
        // What the build of the tests has made is published as it is.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var repository = output.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        await Recordings.ToolAsync(
            "dotnet",
            "publish",
            Path.Combine(repository, "src/ShortsDaemon.Host"),
            "--no-build",
            "--nologo",
            "-nodeReuse:false",
            "--configuration",
            configuration,
            "--output",
            builds.First
        );
        return builds;
    }

    /// <summary>The same with another digit in its version.</summary>
    public async Task<string> NextAsync(char digit)
    {
        var folder = Path.Combine(_folder.FullName, $"next-{digit}");
        await Recordings.ToolAsync("cp", "-r", First, folder);
        var library = Path.Combine(folder, Library);
        var bytes = await File.ReadAllBytesAsync(library);
        var version = FileVersionInfo.GetVersionInfo(library).ProductVersion!;
        // In the metadata it stands behind its length.
        var written = Encoding.UTF8.GetBytes((char)version.Length + version);
        var at = bytes.AsSpan().IndexOf(written);
        bytes[at + 1 + version.IndexOf('.', StringComparison.Ordinal) + 1] = (byte)digit;
        await File.WriteAllBytesAsync(library, bytes);
        return folder;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
