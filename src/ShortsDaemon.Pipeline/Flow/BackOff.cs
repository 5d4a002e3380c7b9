using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>How long to wait before the next try.</summary>
internal static class BackOff
{
    /// <param name="options">First and longest delay.</param>
    /// <param name="tries">How often it has been tried already, at least 1.</param>
    /// <returns>Doubles with each try, ±10 % so that items which failed together do not come back together.</returns>
    public static TimeSpan After(RetryOptions options, int tries)
    {
        var doubled = options.FirstDelaySeconds * Math.Pow(2, Math.Min(tries - 1, 30));
        var jitter = 0.9 + 0.2 * Random.Shared.NextDouble();
        return TimeSpan.FromSeconds(Math.Min(doubled, options.MaxDelaySeconds) * jitter);
    }
}
