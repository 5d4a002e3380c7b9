using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>
/// Reads all the places of the configuration, weakest first: appsettings.json, appsettings.ENVIRONMENT.json, each
/// --config file, environment, command line. Each reading is a picture of one moment.
/// </summary>
internal sealed class ConfigurationFiles(ConfigurationArguments arguments, ConfigurationSurroundings surroundings)
{
    private readonly IReadOnlyList<string> _programFiles =
    [
        Path.Combine(surroundings.ProgramFolder, "appsettings.json"),
        Path.Combine(surroundings.ProgramFolder, $"appsettings.{surroundings.EnvironmentName}.json"),
    ];

    private readonly IReadOnlyList<string> _configFiles =
    [
        .. arguments.Files.Select(file => Path.GetFullPath(file, surroundings.CurrentFolder)),
    ];

    /// <summary>Every file whose edit counts; those of the program may be absent.</summary>
    public IEnumerable<string> Files => _programFiles.Concat(_configFiles);

    /// <param name="reader">Knows the options.</param>
    /// <param name="running">
    /// The options the daemon started with: those that need a restart stay as they are, with a warning for each edit.
    /// </param>
    public OptionsReading Read(OptionsReader reader, ShortsOptions? running = null)
    {
        var (layers, problems) = Layers();
        // Without a broken file nothing sensible can be said about the rest.
        if (problems.Count > 0)
            return new(null, problems);
        var configuration = new LayeredConfiguration(layers);
        var reading = reader.Read(configuration);
        return running is not null && reading.IsGood
            ? RestartPins.Hold(reading, running, pins => reader.Read(configuration.With(pins)))
            : reading;
    }

    /// <summary>Changes whenever a file is written, replaced, removed or pointed elsewhere.</summary>
    public string Stamp() => string.Join('\n', Files.Select(FileStamp.Of));

    private (List<ConfigurationLayer> Layers, List<ConfigurationProblem> Problems) Layers()
    {
        var layers = new List<ConfigurationLayer>();
        var problems = new List<ConfigurationProblem>();
        foreach (var file in _programFiles.Where(File.Exists))
            Add(LayerKind.ProgramFile, file, layers, problems);
        foreach (var file in _configFiles)
            Add(LayerKind.ConfigFile, file, layers, problems);
        layers.Add(new(LayerKind.Environment, surroundings.Variables));
        layers.Add(new(LayerKind.CommandLine, CommandLineValues.Of(arguments, problems)));
        return (layers, problems);
    }

    private static void Add(
        LayerKind kind,
        string file,
        List<ConfigurationLayer> layers,
        List<ConfigurationProblem> problems
    )
    {
        var (values, problem) = JsonFile.Read(file);
        if (values is not null)
            layers.Add(new(kind, values, file));
        if (problem is not null)
            problems.Add(problem);
    }
}
