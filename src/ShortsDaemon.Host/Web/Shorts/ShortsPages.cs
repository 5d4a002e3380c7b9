using Microsoft.AspNetCore.Http.HttpResults;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>The wall of Shorts, the page of each, and its pictures and videos.</summary>
internal static class ShortsPages
{
    public static IServiceCollection AddShorts(this IServiceCollection services) =>
        services
            .AddSingleton<KnownRoots>()
            .AddSingleton<ItemMedia>()
            .AddSingleton<ItemLog>()
            .AddSingleton<WallReader>()
            .AddSingleton<ItemReader>()
            .AddSingleton<OwnerDeeds>()
            .AddSingleton<DeedDoor>()
            .AddSingleton<MediaEndpoints>();

    public static void MapShorts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/shorts", ShowWallAsync);
        endpoints.MapGet("/shorts/{id:long}", ShowItemAsync);
        MediaEndpoints.Map(endpoints);
        DeedForms.Map(endpoints);
    }

    private static async Task<RazorComponentResult> ShowWallAsync(
        HttpRequest request,
        WallReader wall,
        CancellationToken cancel
    ) =>
        new RazorComponentResult<WallPage>(new { Reading = await wall.ReadAsync(WallQuery.Of(request.Query), cancel) });

    private static async Task<RazorComponentResult> ShowItemAsync(
        long id,
        ItemReader items,
        CancellationToken cancel
    ) =>
        await items.ReadAsync(new ItemId(id), cancel) is { } reading
            ? new RazorComponentResult<ItemPage>(new { Reading = reading })
            : new RazorComponentResult<NoItemPage> { StatusCode = StatusCodes.Status404NotFound };
}
