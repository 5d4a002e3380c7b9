using System.Collections;

namespace ShortsDaemon.Host.Configuration;

/// <summary>What the process finds around itself.</summary>
/// <param name="ProgramFolder">Holds appsettings.json.</param>
/// <param name="CurrentFolder">Relative names on the command line start here.</param>
/// <param name="EnvironmentName">The middle of appsettings.Production.json.</param>
/// <param name="Variables">Environment variables by configuration key, "__" already turned into ":".</param>
internal sealed record ConfigurationSurroundings(
    string ProgramFolder,
    string CurrentFolder,
    string EnvironmentName,
    IReadOnlyDictionary<string, string?> Variables
)
{
    public static ConfigurationSurroundings OfThisProcess()
    {
        var name =
            Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return new(
            folder,
            Environment.CurrentDirectory,
            name ?? "Production",
            Keys(Environment.GetEnvironmentVariables())
        );
    }

    internal static Dictionary<string, string?> Keys(IDictionary variables)
    {
        var keys = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in variables)
            keys[((string)variable.Key).Replace("__", ":", StringComparison.Ordinal)] = (string?)variable.Value;
        return keys;
    }
}
