namespace ShortsDaemon.Host.Metrics;

/// <summary>Some gauges that can neither break nor hold up the others. One reads at a time.</summary>
internal sealed class GaugeSource(IGauges gauges, TimeProvider time, ILogger log)
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private Task<IReadOnlyList<Reading>>? _running;
    private string? _trouble;

    public IGauges Gauges => gauges;

    /// <returns>Null: they cannot be read now.</returns>
    public async Task<IReadOnlyList<Reading>?> TryReadAsync()
    {
        try
        {
            var readings = await Begin().WaitAsync(Limit, time);
            _trouble = null;
            return readings;
        }
#pragma warning disable CA1031 // whoever scrapes sees it in shortsdaemon_gauges_readable
        catch (Exception e)
#pragma warning restore CA1031
        {
            Tell(e.GetBaseException().Message);
            return null;
        }
    }

    // One that still hangs is waited for again: starting another each time would use up the threads.
    private Task<IReadOnlyList<Reading>> Begin() =>
        _running is { IsCompleted: false } hanging ? hanging : _running = Task.Run(RunAsync);

    private async Task<IReadOnlyList<Reading>> RunAsync()
    {
        using var limit = new CancellationTokenSource(Limit, time);
        return await gauges.ReadAsync(limit.Token);
    }

    private void Tell(string trouble)
    {
        if (_trouble is null)
            log.LogWarning("The metrics of {Subject} cannot be read: {Reason}", gauges.Subject, trouble);
        _trouble = trouble;
    }
}
