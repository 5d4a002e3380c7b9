using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>Single values given on the command line; they win over everything else.</summary>
internal static class CommandLineValues
{
    public static Dictionary<string, string?> Of(ConfigurationArguments arguments, List<ConfigurationProblem> problems)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (arguments.DataDirectory is { } data)
            values["Daemon:DataDirectory"] = data;
        foreach (var written in arguments.Overrides ?? [])
        {
            var (key, value) = Split(written);
            if (key.Length > 0 && value is not null)
                values[key] = value;
            else
                problems.Add(new(written, "this sets no option", "Write --Section:Key=value."));
        }
        return values;
    }

    private static (string Key, string? Value) Split(string written)
    {
        var parts = written.Split('=', 2);
        return (parts[0].TrimStart('-'), parts.ElementAtOrDefault(1));
    }
}
