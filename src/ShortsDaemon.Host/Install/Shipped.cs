namespace ShortsDaemon.Host.Install;

/// <summary>The files of deploy/ that the program carries with it.</summary>
internal static class Shipped
{
    public static string Read(string name)
    {
        using var stream =
            typeof(Shipped).Assembly.GetManifestResourceStream("deploy/" + name)
            ?? throw new InvalidOperationException($"'{name}' is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
