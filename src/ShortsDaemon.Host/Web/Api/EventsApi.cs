using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>What happens, as it happens.</summary>
internal static class EventsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events", Follow)
            .RequireRateLimiting(ClientLimits.Streams)
            .WithSummary("What happens to items and alerts, as it happens (server-sent events).")
            .TakesQuery("item")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");

    private static IResult Follow(HttpContext http, EventFeed feed, CancellationToken cancel)
    {
        var query = new ApiQuery(http.Request.Query, "item");
        var item = query.Number("item", null, 1, long.MaxValue);
        if (query.Wrong.Count > 0)
            return ApiProblem.Of(query.Wrong);
        var only = item is { } id ? new ItemId(id) : (ItemId?)null;
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        return TypedResults.ServerSentEvents(feed.FollowAsync(only, last, cancel));
    }
}
