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

    private const string EyeFile = "haarcascade_eye.xml";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTime Written, FaceFinder Finder)> _read = new(StringComparer.Ordinal);

    /// <returns>The file in use, or what is wrong.</returns>
    public FaceModelState Look() => Open().State;

    internal (FaceModelState State, FaceFinder? Finder) Open()
    {
        if (FilePath() is not { } path)
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

    /// <summary>The same for open eyes; OpenCV's data has it beside the face models.</summary>
    /// <returns>Null: it is not there, or of a form that is not known, and nobody can tell whether eyes are open.</returns>
    internal FaceFinder? OpenEyes()
    {
        if (Path.GetDirectoryName(FilePath()) is not { } folder)
            return null;
        string[] places = [Path.Combine(folder, EyeFile), Path.Combine(folder, "..", "haarcascades", EyeFile)];
        try
        {
            return places.FirstOrDefault(File.Exists) is { } path ? FinderOf(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private string? FilePath() => tools().FaceModel is { Length: > 0 } configured ? configured : Installed();

    private static string? Installed() =>
        Files.SelectMany(file => Folders.Select(folder => Path.Combine(folder, file))).FirstOrDefault(File.Exists);

    private FaceFinder FinderOf(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        lock (_gate)
        {
            if (_read.TryGetValue(path, out var read) && read.Written == written)
                return read.Finder;
            var finder = new FaceFinder(CascadeReader.Read(path));
            _read[path] = (written, finder);
            return finder;
        }
    }
}

/// <param name="Path">The model file; null: there is none.</param>
/// <param name="Problem">Why no face can be found, in words; null: it is fine.</param>
public sealed record FaceModelState(string? Path, string? Problem);
