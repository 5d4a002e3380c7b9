using System.CommandLine;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>The configuration a command works with.</summary>
internal sealed record LoadedConfiguration(LiveOptions Live, ConfigurationFiles Files, OptionsReader Reader)
{
    /// <returns>Null when it cannot be used; every problem has been printed.</returns>
    public static LoadedConfiguration? Load(ParseResult parsed) => Load(GlobalOptions.Read(parsed));

    /// <returns>Null when it cannot be used; every problem has been printed.</returns>
    public static LoadedConfiguration? Load(ConfigurationArguments arguments)
    {
        var files = new ConfigurationFiles(arguments, ConfigurationSurroundings.OfThisProcess());
        var reader = new OptionsReader(PlugIns.Options, new CronSyntax(TimeProvider.System).Problem);
        var reading = files.Read(reader);
        foreach (var problem in reading.Problems)
            Console.Error.WriteLine($"{(problem.IsError ? "error" : "warning")}: {problem}");
        if (reading.Options is { } options && reading.IsGood)
            return new LoadedConfiguration(
                new LiveOptions(options, reading.Problems) { Origin = OriginOf(reading) },
                files,
                reader
            );
        Console.Error.WriteLine("The configuration cannot be used; nothing was started.");
        return null;
    }

    private static OptionsOrigin? OriginOf(OptionsReading reading) =>
        reading.Layers is { } layers ? new OptionsOrigin(layers, TimeProvider.System.GetUtcNow()) : null;
}
