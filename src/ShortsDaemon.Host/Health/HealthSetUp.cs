using System.Net.Mime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Net.Http.Headers;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Health;

/// <summary>The checks and where they can be asked for.</summary>
internal static class HealthSetUp
{
    private const string Ready = HealthPages.ReadyTag;
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly HealthPage Alive = new(
        new HealthReport(new Dictionary<string, HealthReportEntry>(), TimeSpan.Zero)
    );

    /// <summary>Needs the pipeline and Quartz among the services.</summary>
    public static IServiceCollection AddShortsHealth(this IServiceCollection services)
    {
        services.AddSingleton<ToolVersions>();
        services.AddSingleton<HealthLog>();
        services.AddSingleton<RecentHealth>();
        services.AddSingleton(new DaemonStart(TimeProvider.System.GetUtcNow()));
        services
            .AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [Ready])
            .AddCheck<EncoderHealth>("encoder", tags: [Ready])
            .AddCheck<DiskHealth>("disk", tags: [Ready])
            .AddCheck<QueueHealth>("queue")
            .AddCheck<LastWorkHealth>("work")
            .AddCheck<ProvidersHealth>("providers")
            .AddCheck<DownloaderHealth>("downloader")
            .AddCheck<PostingHealth>("posting")
            .AddCheck<AlertsHealth>("alerts")
            .AddCheck<BackupHealth>("backup", HealthStatus.Degraded)
            .AddCheck<ConfigurationHealth>("configuration")
            .AddCheck<CanaryHealth>("canary", tags: [Ready])
            .AddCheck<SchedulerHealth>("scheduler", tags: [Ready]);
        services
            .AddOptions<HealthCheckServiceOptions>()
            .PostConfigure<IServiceProvider, TimeProvider>((options, all, time) => Limit(options, all, time));
        return services;
    }

    /// <summary>
    /// /health: everything; /health/ready: what has to be well for work to be done; /health/live: the process answers.
    /// Unhealthy is 503, anything better 200.
    /// </summary>
    public static IEndpointRouteBuilder MapShortsHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.ServiceProvider.GetRequiredService<RecentHealth>();
        endpoints.ServiceProvider.GetRequiredService<LiveOptions>().Changed += _ => health.Forget();
        endpoints.MapMethods("/health", Methods, http => AnswerAsync(http, health, pages => pages.All));
        endpoints.MapMethods("/health/ready", Methods, http => AnswerAsync(http, health, pages => pages.Ready));
        endpoints.MapMethods("/health/live", Methods, http => WriteAsync(http, Alive));
        return endpoints;
    }

    private static async Task AnswerAsync(
        HttpContext http,
        RecentHealth health,
        Func<HealthPages, HealthPage> choose
    ) => await WriteAsync(http, choose(await health.PagesAsync().WaitAsync(http.RequestAborted)));

    private static async Task WriteAsync(HttpContext http, HealthPage page)
    {
        var answer = http.Response;
        answer.StatusCode =
            page.Report.Status == HealthStatus.Unhealthy
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK;
        answer.ContentType = MediaTypeNames.Application.Json;
        answer.ContentLength = page.Body.Length;
        answer.Headers[HeaderNames.CacheControl] = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
            await answer.Body.WriteAsync(page.Body, http.RequestAborted);
    }

    private static void Limit(HealthCheckServiceOptions options, IServiceProvider services, TimeProvider time)
    {
        foreach (var registration in options.Registrations)
        {
            var make = registration.Factory;
            var limited = new LimitedCheck(() => make(services), time);
            registration.Factory = _ => limited;
        }
    }
}
