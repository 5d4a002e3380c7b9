namespace ShortsDaemon.Media.Faces;

/// <summary>The file that faces are found by: a cascade of OpenCV, configured or found where OpenCV's data is installed.</summary>
/// <param name="tools">Names it, or leaves it empty.</param>
public sealed class FaceModel(Func<ToolPaths> tools)
{
    /// <summary>How to come by one.</summary>
    public const string Mend =
        "Install OpenCV's data (apt-get install opencv-data, brew install opencv), or set Tools:FaceModel to one of its files.";

    private static readonly string[] Folders =
    [
        "/usr/share/opencv4",
        "/usr/local/share/opencv4",
        "/opt/homebrew/share/opencv4",
        "/usr/share/opencv",
    ];

    // The best first.
    private static readonly string[] Files =
    [
        "haarcascades/haarcascade_frontalface_alt2.xml",
        "lbpcascades/lbpcascade_frontalface_improved.xml",
    ];

    private readonly Lock _gate = new();
    private (string Path, DateTime Written, FaceFinder Finder)? _read;

    /// <returns>The file in use, or what is wrong.</returns>
    public FaceModelState Look() => Open().State;

    internal (FaceModelState State, FaceFinder? Finder) Open()
    {
        var configured = tools().FaceModel;
        if ((configured.Length > 0 ? configured : Installed()) is not { } path)
            return (new FaceModelState(null, "no face model is installed"), null);
        try
        {
            return (new FaceModelState(path, null), FinderOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var why = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            return (new FaceModelState(path, $"the face model '{path}' cannot be used: {why}"), null);
        }
    }

    private static string? Installed() =>
        Files.SelectMany(file => Folders.Select(folder => Path.Combine(folder, file))).FirstOrDefault(File.Exists);

    private FaceFinder FinderOf(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        lock (_gate)
        {
            if (_read is { } read && read.Path == path && read.Written == written)
                return read.Finder;
            var finder = new FaceFinder(CascadeReader.Read(path));
            _read = (path, written, finder);
            return finder;
        }
    }
}

/// <param name="Path">The model file; null: there is none.</param>
/// <param name="Problem">Why no face can be found, in words; null: it is fine.</param>
public sealed record FaceModelState(string? Path, string? Problem);
