using Microsoft.AspNetCore.Http.HttpResults;

namespace ShortsDaemon.Host.Web.Insights;

/// <summary>What came through, how fast, and why the rest did not.</summary>
internal static class InsightsSetUp
{
    public static IServiceCollection AddInsights(this IServiceCollection services) =>
        services.AddSingleton<InsightsReader>();

    public static void MapInsights(this IEndpointRouteBuilder room) => room.MapGet("/insights", ShowAsync);

    private static async Task<RazorComponentResult> ShowAsync(
        HttpRequest request,
        InsightsReader insights,
        CancellationToken cancel
    ) =>
        new RazorComponentResult<InsightsPage>(
            new { Reading = await insights.ReadAsync(InsightsQuery.Of(request.Query), cancel) }
        );
}
