using ShortsDaemon.Pipeline.Publish;

namespace ShortsDaemon.Pipeline.Gate;

/// <summary>The largest file that goes to every destination of a channel.</summary>
/// <param name="Bytes">How large it may be.</param>
/// <param name="Destination">Whose limit it is, for instance inbox/YouTube.</param>
public sealed record SizeLimit(long Bytes, string Destination)
{
    private const long MiB = 1024 * 1024;

    /// <returns>The smallest limit of these destinations; null when none has one.</returns>
    public static SizeLimit? Of(string channel, IEnumerable<DestinationOptions> destinations) =>
        destinations
            .Where(d => d.MaxSizeMiB > 0)
            .Select(d => new SizeLimit(d.MaxSizeMiB * MiB, d.NameIn(channel)))
            .MinBy(limit => limit.Bytes);
}
