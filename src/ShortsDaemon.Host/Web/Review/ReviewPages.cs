using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Review;

/// <summary>Where a person looks at Shorts before they are published.</summary>
internal static class ReviewPages
{
    public static IServiceCollection AddReview(this IServiceCollection services) =>
        services.AddSingleton<ReviewReader>();

    public static void MapReview(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/review", ShowAsync);

    private static async Task<RazorComponentResult> ShowAsync(
        HttpRequest request,
        ReviewReader review,
        CancellationToken cancel
    ) =>
        new RazorComponentResult<ReviewPage>(
            new { Reading = await review.ReadAsync(IdOf(request, "id"), IdOf(request, "undo"), cancel) }
        );

    // An address that was typed wrong shows the first that waits.
    private static ItemId? IdOf(HttpRequest request, string key) =>
        long.TryParse(request.Query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new ItemId(id)
            : null;
}
