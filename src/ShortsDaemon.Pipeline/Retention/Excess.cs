using System.Globalization;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>What is more than the limits allow.</summary>
internal static class Excess
{
    private const double MiB = 1024 * 1024;

    /// <returns>Those that have to go, each with the reason. The newest stay.</returns>
    public static IEnumerable<(Kept Entry, string Reason)> Of(
        IEnumerable<Kept> entries,
        KeepOptions limits,
        DateTimeOffset now
    )
    {
        var (count, size) = (0, 0.0);
        foreach (var entry in entries.OrderByDescending(e => e.At).ThenBy(e => e.Path, StringComparer.Ordinal))
        {
            size += entry.SizeBytes / MiB;
            count++;
            if (Reason(entry, limits, count, size, now) is not { } reason)
                continue;
            yield return (entry, reason);
            // What goes takes no place from the older ones; they go for a reason of their own.
            (count, size) = (count - 1, size - entry.SizeBytes / MiB);
        }
    }

    private static string? Reason(Kept entry, KeepOptions limits, int count, double size, DateTimeOffset now)
    {
        var days = (now - entry.At).TotalDays;
        if (limits.Days > 0 && days > limits.Days)
            return Text($"{days:0} days old, at most {limits.Days} are kept");
        if (limits.Count > 0 && count > limits.Count)
            return Text($"the newest {limits.Count} are kept");
        return limits.MiB > 0 && size > limits.MiB ? Text($"the newest {limits.MiB:0.#} MiB are kept") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Path">The file.</param>
/// <param name="At">Since when it is there.</param>
/// <param name="SizeBytes">With all that belongs to it.</param>
internal sealed record Kept(string Path, DateTimeOffset At, long SizeBytes);
