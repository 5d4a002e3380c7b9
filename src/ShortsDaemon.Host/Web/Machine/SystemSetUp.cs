using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShortsDaemon.Host.Web.Security;

namespace ShortsDaemon.Host.Web.Machine;

/// <summary>The System page and its buttons.</summary>
internal static class SystemSetUp
{
    public static IServiceCollection AddSystem(this IServiceCollection services) =>
        services
            .AddSingleton<Standing>()
            .AddSingleton<DiskLines>()
            .AddSingleton<SystemReader>()
            .AddSingleton<OwnerActions>();

    // What has gone meanwhile needs no complaint: the page then shows that it has.
    public static void MapSystem(this IEndpointRouteBuilder room)
    {
        room.MapGet("/system", ShowAsync);
        room.MapPost(
            "/system/jobs",
            async (HttpContext http, OwnerActions act, [FromForm] string of) =>
            {
                await act.RunAsync(of, Visitor.Of(http));
                return Results.LocalRedirect("/system#jobs");
            }
        );
        room.MapPost(
            "/system/holds",
            async (HttpContext http, OwnerActions act, [FromForm] string of) =>
            {
                await act.ReleaseAsync(of, Visitor.Of(http));
                return Results.LocalRedirect("/system#holds");
            }
        );
        room.MapPost(
            "/system/breakers",
            async (HttpContext http, OwnerActions act, [FromForm] string of) =>
            {
                await act.ResetAsync(of, Visitor.Of(http));
                return Results.LocalRedirect("/system#breakers");
            }
        );
        room.MapPost(
            "/system/alerts",
            async (HttpContext http, OwnerActions act, [FromForm] long of) =>
            {
                await act.AcknowledgeAsync(of, Visitor.Of(http));
                return Results.LocalRedirect("/system#alerts");
            }
        );
    }

    private static async Task<RazorComponentResult> ShowAsync(SystemReader reader, CancellationToken cancel) =>
        new RazorComponentResult<SystemPage>(new { Reading = await reader.ReadAsync(cancel) });
}
