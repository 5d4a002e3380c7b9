namespace ShortsDaemon.Media.Framing;

/// <summary>
/// A folder beside a Short for what is needed only while it is made: there from its first use on, gone with all in it when
/// disposed.
/// </summary>
/// <param name="video">Path of the Short.</param>
internal sealed class ScratchFolder(string video) : IDisposable
{
    private readonly string _path = System.IO.Path.GetFullPath(video) + ".files";
    private bool _isMade;

    /// <summary>Null as long as nobody needed it.</summary>
    public string? MadePath => _isMade ? _path : null;

    /// <param name="name">Of a file in it.</param>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Path
    {
        get
        {
            if (!_isMade)
            {
                Remove(); // what a killed process left
                Directory.CreateDirectory(_path);
                _isMade = true;
            }
            return _path;
        }
    }

    public void Dispose() => Remove();

    private void Remove()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }
}
