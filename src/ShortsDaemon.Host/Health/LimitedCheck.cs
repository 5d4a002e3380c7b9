using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShortsDaemon.Host.Health;

/// <summary>Lets a check that hangs be one that failed instead of letting the answer hang.</summary>
/// <param name="make">Makes the check.</param>
/// <param name="time">Clock of the limit.</param>
internal sealed class LimitedCheck(Func<IHealthCheck> make, TimeProvider time) : IHealthCheck
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Lazy<IHealthCheck> _check = new(make, LazyThreadSafetyMode.PublicationOnly);
    private Task<HealthCheckResult>? _running;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await Begin(context).WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This check gave no answer within {Limit.TotalSeconds} s: what it looks at hangs. Look for a disk or network drive that does not answer."
                )
            );
        }
    }

    // One that still hangs is waited for again: starting another each time would use up the threads.
    private Task<HealthCheckResult> Begin(HealthCheckContext context)
    {
        lock (_lock)
        {
            if (_running is null or { IsCompleted: true })
                _running = Task.Run(() => RunAsync(context));
            return _running;
        }
    }

    private async Task<HealthCheckResult> RunAsync(HealthCheckContext context)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        return await _check.Value.CheckHealthAsync(context, limit.Token);
    }
}
