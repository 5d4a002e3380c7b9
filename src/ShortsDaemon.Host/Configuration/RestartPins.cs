using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>
/// Keeps what the daemon started with where it cannot change under way. Otherwise an edit of the data directory would
/// move half of the paths while the database stays.
/// </summary>
internal static class RestartPins
{
    public static OptionsReading Hold(
        OptionsReading edited,
        ShortsOptions running,
        Func<ConfigurationLayer, OptionsReading> readWith
    )
    {
        var started = Values(running);
        var changed = Values(edited.Options!)
            .Where(entry => started.GetValueOrDefault(entry.Key) != entry.Value)
            .ToList();
        if (changed.Count == 0)
            return edited;
        var held = readWith(new(LayerKind.Running, started));
        return held with { Problems = [.. held.Problems, .. changed.Select(entry => Waiting(entry.Key))] };
    }

    private static ConfigurationProblem Waiting(string key) =>
        new(key, "the edit takes effect after a restart", "Restart the daemon.", IsError: false);

    private static Dictionary<string, string?> Values(ShortsOptions options) =>
        OptionsDifference
            .Entries(options)
            .Where(entry => entry.NeedsRestart)
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
}
