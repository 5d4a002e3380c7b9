using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShortsDaemon.Host.Health;

/// <summary>What the checks say, kept for a moment and shared by all who ask meanwhile, so that polling costs nothing.</summary>
internal sealed class RecentHealth(HealthCheckService checks, HealthLog log, TimeProvider time)
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    // Nobody's token: one who goes away must not take the answer from the others.
    private readonly Recent<HealthPages> _recent = new(
        async () =>
        {
            var report = await checks.CheckHealthAsync(CancellationToken.None);
            log.Tell(report);
            return new HealthPages(report);
        },
        Fresh,
        time
    );

    /// <summary>Every check's result, at most <see cref="Fresh"/> old.</summary>
    public async Task<HealthReport> ReadAsync() => (await _recent.ReadAsync()).All.Report;

    /// <summary>The same as it is sent.</summary>
    public Task<HealthPages> PagesAsync() => _recent.ReadAsync();

    /// <summary>The configuration has changed: what was found before tells nothing any more.</summary>
    public void Forget() => _recent.Forget();
}
