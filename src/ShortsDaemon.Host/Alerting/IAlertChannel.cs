using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>A way to tell somebody. Each has a file of its own and a line in PlugIns.</summary>
internal interface IAlertChannel
{
    /// <summary>As it stands in the Type of a receiver.</summary>
    string Type { get; }

    /// <param name="receiver">Of this type.</param>
    /// <param name="notice">What to tell.</param>
    /// <param name="cancel">The time is up.</param>
    /// <exception cref="NotToldException">It did not arrive.</exception>
    Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel);
}

/// <summary>A message did not arrive.</summary>
/// <param name="message">Why, and how to mend it; without any secret.</param>
/// <param name="retryAfter">How long the receiver asks to be left alone.</param>
internal sealed class NotToldException(string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The ways to tell by their type.</summary>
internal sealed class AlertChannels(IEnumerable<IAlertChannel> channels, TimeProvider time)
{
    /// <summary>Longest try.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan LimitWhenStopping = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, IAlertChannel> _byType = channels.ToDictionary(
        channel => channel.Type,
        StringComparer.OrdinalIgnoreCase
    );

    /// <param name="receiver">Whom.</param>
    /// <param name="notice">What.</param>
    /// <param name="stop">Asks to hurry: half a try would be told again after the next start.</param>
    /// <exception cref="NotToldException">It did not arrive.</exception>
    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        await using var hurry = stop.Register(() => limit.CancelAfter(LimitWhenStopping));
        try
        {
            await _byType[receiver.Type].SendAsync(receiver, notice, limit.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            var when = stop.IsCancellationRequested ? "before the daemon stopped" : $"within {Limit.TotalSeconds:0} s";
            throw new NotToldException($"it did not answer {when}", inner: e);
        }
    }
}
