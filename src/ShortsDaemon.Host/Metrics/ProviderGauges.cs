using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Metrics;

/// <summary>What the platforms allow now.</summary>
internal sealed class ProviderGauges(Breakers breakers, QuotaLedger quota, LiveOptions live) : IGauges
{
    private static readonly Gauge Breaker = new(
        "shortsdaemon_breaker_state",
        "1 for the state in which the breaker of a provider is: closed, open or half_open"
    );

    private static readonly Gauge Left = new(
        "shortsdaemon_quota_left",
        "What is left of a project's quota of today; uploads and searches in calls, units in points"
    );

    private static readonly Gauge Limit = new(
        "shortsdaemon_quota_limit",
        "A project's quota of today: configured, or learned from a refusal"
    );

    public string Subject => "providers";
    public IReadOnlyList<Gauge> All { get; } = [Breaker, Left, Limit];

    public async Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel)
    {
        var readings = new List<Reading>();
        foreach (var breaker in await breakers.ListAsync(cancel))
            readings.AddRange(
                Enum.GetValues<BreakerState>()
                    .Select(state =>
                        Breaker.Of(
                            breaker.State == state ? 1 : 0,
                            ("provider", breaker.Provider),
                            ("state", FlowMeter.Label(state))
                        )
                    )
            );
        foreach (var project in PostingPlace.All(live.Value).Select(p => p.Project).OfType<string>().Distinct())
        foreach (var bucket in Enum.GetValues<QuotaBucket>())
        {
            var standing = await quota.StandingAsync(project, bucket, cancel);
            (string, string)[] labels = [("project", project), ("bucket", FlowMeter.Label(bucket))];
            readings.Add(Left.Of(standing.Left, labels));
            readings.Add(Limit.Of(standing.Cap, labels));
        }
        return readings;
    }
}
