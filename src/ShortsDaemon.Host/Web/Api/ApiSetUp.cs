namespace ShortsDaemon.Host.Web.Api;

/// <summary>What scripts may ask and do; docs/control-room-api.md tells it with examples.</summary>
internal static class ApiSetUp
{
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>No answer without a reason.</summary>
    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(
            http => IsApi(http.Request.Path),
            api => api.UseStatusCodePages(bare => ApiProblem.Bare(bare.HttpContext).ExecuteAsync(bare.HttpContext))
        );

    public static void MapApi(this IEndpointRouteBuilder room)
    {
        var api = room.MapGroup("/api/v1").AddEndpointFilter(SameOrigin.RequireAsync);
        ItemsApi.Map(api);
        DeedsApi.Map(api);
        MachineApi.Map(api);
        ChannelsApi.Map(api);
        UploadsApi.Map(api);
        PastApi.Map(api);
        EventsApi.Map(api);
        ApiDescription.Map(api);
    }
}
