using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Configuration;

/// <summary>A program folder, a folder for --config files and a current folder, all real and thrown away.</summary>
internal sealed class ConfigurationSandbox : IDisposable
{
    public static readonly PlugInOptions PlugIns = Host.PlugIns.Options;

    public ConfigurationSandbox(string? programFile = null)
    {
        foreach (var folder in new[] { Program, Etc, Current })
            Directory.CreateDirectory(folder);
        if (programFile is not null)
            File.WriteAllText(Path.Combine(Program, "appsettings.json"), programFile);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("shorts-configuration-").FullName;
    public string Program => Path.Combine(Root, "program");
    public string Etc => Path.Combine(Root, "etc");
    public string Current => Path.Combine(Root, "current");
    public string Data => Path.Combine(Current, "data");

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static string RepositoryFile(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ShortsDaemon.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no ShortsDaemon.sln above the tests");
        return Path.Combine(folder.FullName, name);
    }

    /// <summary>A channel with everything it needs; <paramref name="more"/> are further keys of it.</summary>
    public static string Channel(string name = "inbox", string more = "") =>
        $$"""
            "{{name}}": {
              "Sources": [{ "Type": "Folder", "Path": "{{name}}-in" }],
              "Destinations": [{ "Type": "Folder", "Path": "{{name}}-out" }]{{(more.Length > 0 ? "," : "")}} {{more}}
            }
            """;

    public static string WithChannel(string more = "", string root = "") =>
        $$"""{ "Channels": { {{Channel(more: more)}} }{{(root.Length > 0 ? "," : "")}} {{root}} }""";

    public string Write(string name, string json)
    {
        var file = Path.Combine(Etc, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);
        return file;
    }

    public ConfigurationFiles Files(ConfigurationArguments? arguments = null) =>
        new(arguments ?? ConfigurationArguments.None, new(Program, Current, "Production", Variables));

    public OptionsReader Reader() => new(PlugIns, new CronSyntax(TimeProvider.System).Problem, Current);

    public OptionsReading Read(params string[] files) => Files(new(files)).Read(Reader());

    public OptionsReading ReadJson(string json) => Read(Write("shorts.json", json));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
