using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>
/// Brings edits of the configuration files into force while the daemon runs. It looks at the files instead of waiting
/// for file events: those get lost on network drives, with swapped links, and when the system runs out of watches.
/// </summary>
internal sealed class ConfigurationReload(
    ConfigurationFiles files,
    OptionsReader reader,
    LiveOptions live,
    TimeProvider time,
    ILogger<ConfigurationReload> logger
) : BackgroundService
{
    /// <summary>Editors write in several steps; an edit counts once nothing has moved for this long.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private const int MostKeysInOneLine = 12;

    private readonly ShortsOptions _started = live.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Quiet, time);
        // Read once at the beginning: a file may have been edited between the start and now.
        string? before = null;
        string? inForce = null;
        do
        {
            var now = files.Stamp();
            if (now == before && now != inForce)
            {
                // While it is bad it is read again and again: a right given back to a file leaves no other trace.
                inForce = Reread() ? now : null;
            }
            before = now;
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool Reread()
    {
        var reading = files.Read(reader, _started);
        if (reading.IsGood)
            Accept(reading.Options, reading.Problems, reading.Layers);
        else
            Refuse(reading.Problems);
        return reading.IsGood;
    }

    private void Refuse(IReadOnlyList<ConfigurationProblem> problems)
    {
        var told = live.Problems;
        live.Refuse(problems);
        foreach (var problem in problems.Where(problem => problem.IsError).Except(told))
            logger.LogError("Configuration edit refused, the last good one stays in force. {Problem}", problem);
    }

    private void Accept(
        ShortsOptions edited,
        IReadOnlyList<ConfigurationProblem> warnings,
        LayeredConfiguration? layers
    )
    {
        var told = live.Problems;
        var healed = told.Any(problem => problem.IsError);
        var changed = OptionsDifference.Changed(live.Value, edited);
        // A value may come from another place now and still be the same.
        var since = changed.Count == 0 ? live.Origin?.Since : null;
        live.Origin = layers is null ? null : new OptionsOrigin(layers, since ?? time.GetUtcNow());
        if (changed.Count == 0 && told.SequenceEqual(warnings))
            return;
        live.Accept(edited, warnings);
        foreach (var warning in warnings.Except(told))
            logger.LogWarning("Configuration: {Problem}", warning);
        Tell(healed, changed);
    }

    private void Tell(bool healed, IReadOnlyList<string> changed)
    {
        if (healed)
            logger.LogInformation("The configuration is good again; changed: {Keys}", Line(changed));
        else if (changed.Count > 0)
            logger.LogInformation("Configuration edit in force; changed: {Keys}", Line(changed));
    }

    private static string Line(IReadOnlyList<string> keys)
    {
        if (keys.Count == 0)
            return "nothing";
        var shown = string.Join(", ", keys.Take(MostKeysInOneLine));
        return keys.Count > MostKeysInOneLine ? $"{shown} and {keys.Count - MostKeysInOneLine} more" : shown;
    }
}
