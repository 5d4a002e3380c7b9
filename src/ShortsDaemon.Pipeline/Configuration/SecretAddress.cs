namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>Checks of a value, often an address, that is a secret and so may stand in a file of its own. Never quotes it.</summary>
public static class SecretAddress
{
    private const string Mend = "Write https://…; http is for this machine only.";

    /// <returns>What is wrong with an address that may also be in the file KEYFile; nothing when both are empty.</returns>
    public static IEnumerable<ConfigurationProblem> Problems(string key, string value, string file)
    {
        if (value.Length > 0 && file.Length > 0)
            yield return Twice(key, $"{key}File");
        if (value.Length > 0 && WrongWith(value) is { } what)
            yield return new(key, what, Mend);
    }

    /// <summary>The same when one of the two must be there.</summary>
    public static IEnumerable<ConfigurationProblem> Needed(string key, string value, string file) =>
        Either(key, value, $"{key}File", file).Concat(Problems(key, value, file: ""));

    /// <returns>A problem unless exactly one of a secret and the file that holds it is given.</returns>
    public static IEnumerable<ConfigurationProblem> Either(string key, string value, string fileKey, string file)
    {
        if (value.Length > 0 && file.Length > 0)
            yield return Twice(key, fileKey);
        if (value.Length == 0 && file.Length == 0)
            yield return new(
                fileKey,
                "a value is missing",
                $"Name a file (chmod 600) that holds it, or put it into {key} in the environment."
            );
    }

    /// <returns>Null when secrets may travel there: under cover, or on this machine.</returns>
    public static string? WrongWith(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "it is not an address";
        return uri.Scheme == "http" && !uri.IsLoopback ? "secrets would travel uncovered" : null;
    }

    private static ConfigurationProblem Twice(string key, string fileKey) =>
        new(key, $"both {key} and {fileKey} are given", "Take one of them out.");
}
