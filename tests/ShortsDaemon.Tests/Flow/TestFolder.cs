namespace ShortsDaemon.Tests.Flow;

/// <summary>A scratch folder, in memory where the system has such a place: hundreds of databases are made and thrown away.</summary>
internal sealed class TestFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public TestFolder()
    {
        Root = Directory.Exists(Memory)
            ? Directory.CreateDirectory(Path.Combine(Memory, "shorts-" + Path.GetRandomFileName())).FullName
            : Directory.CreateTempSubdirectory("shorts-").FullName;
    }

    public string Root { get; }

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
