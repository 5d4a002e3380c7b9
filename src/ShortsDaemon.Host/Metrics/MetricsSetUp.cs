using Microsoft.Net.Http.Headers;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Metrics;

/// <summary>What is measured, and where it can be scraped.</summary>
internal static class MetricsSetUp
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Needs the pipeline and health among the services.</summary>
    public static IServiceCollection AddShortsMetrics(this IServiceCollection services) =>
        services
            .AddSingleton(_ => new Tally(MediaMeter.Meter, FlowMeter.Meter, HostMeter.Meter))
            .AddSingleton<IGauges, ProcessGauges>()
            .AddSingleton<IGauges, ItemGauges>()
            .AddSingleton<IGauges, ProviderGauges>()
            .AddSingleton<IGauges, DiskGauges>()
            .AddSingleton<IGauges, BackupGauges>()
            .AddSingleton<IGauges, UpkeepGauges>()
            .AddSingleton<GaugeBook>()
            .AddHostedService<OtlpExport>();

    /// <summary>Counts from now on, and answers at /metrics.</summary>
    public static IEndpointRouteBuilder MapShortsMetrics(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var (tally, gauges) = (services.GetRequiredService<Tally>(), services.GetRequiredService<GaugeBook>());
        services.GetRequiredService<FlowEvents>().Happened += HostMeter.Note;
        endpoints.MapMethods("/metrics", Methods, http => AnswerAsync(http, tally, gauges));
        return endpoints;
    }

    /// <summary>All families by name.</summary>
    internal static async Task<IReadOnlyList<Family>> ReadAsync(Tally tally, GaugeBook gauges) =>
        [.. tally.Read().Concat(await gauges.ReadAsync()).OrderBy(family => family.Name, StringComparer.Ordinal)];

    private static async Task AnswerAsync(HttpContext http, Tally tally, GaugeBook gauges)
    {
        var body = PrometheusText.Write(await ReadAsync(tally, gauges).WaitAsync(http.RequestAborted));
        var answer = http.Response;
        answer.ContentType = PrometheusText.ContentType;
        answer.ContentLength = body.Length;
        answer.Headers[HeaderNames.CacheControl] = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
            await answer.Body.WriteAsync(body, http.RequestAborted);
    }
}
