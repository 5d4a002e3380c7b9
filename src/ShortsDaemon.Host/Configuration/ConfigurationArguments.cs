namespace ShortsDaemon.Host.Configuration;

/// <summary>What the command line says about the configuration.</summary>
/// <param name="Files">Each --config FILE, weakest first.</param>
/// <param name="DataDirectory">--data DIR.</param>
/// <param name="Overrides">Single values: Section:Key=value, with or without leading dashes.</param>
internal sealed record ConfigurationArguments(
    IReadOnlyList<string> Files,
    string? DataDirectory = null,
    IReadOnlyList<string>? Overrides = null
)
{
    public static ConfigurationArguments None { get; } = new([]);
}
