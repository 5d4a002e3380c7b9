using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Host.Web.Machine;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>Jobs, alerts, breakers and holds: what the System page shows and does.</summary>
internal static class MachineApi
{
    private const int LongestDays = 36500;
    private const int FewDays = 7;
    private const int FewEntries = 50;
    private const int MostEntries = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(
                "/jobs",
                async (Standing standing, CancellationToken cancel) => Answer(await standing.JobsAsync(cancel))
            )
            .WithSummary("The maintenance jobs with schedule, next time and last run.")
            .Produces<IReadOnlyList<JobLine>>();
        api.MapPost("/jobs/{name}/run", RunAsync)
            .WithSummary("Asks for a run of a maintenance job; it begins within a minute.")
            .Produces<JobRun>(StatusCodes.Status202Accepted);
        api.MapGet("/alerts", AlertsAsync)
            .WithSummary("Open alerts, and those resolved in the last days.")
            .TakesQuery("days")
            .Produces<IReadOnlyList<AlertLine>>();
        api.MapPost("/alerts/{id:long}/acknowledge", AcknowledgeAsync)
            .WithSummary("Says that somebody looks after an alert: who has not been told yet is not told any more.")
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet("/audit", AuditAsync)
            .WithSummary("Who did what, newest first, page by page.")
            .TakesQuery("before", "limit")
            .Produces<object>();
        api.MapGet(
                "/breakers",
                async (Standing standing, CancellationToken cancel) => Answer(await standing.BreakersAsync(cancel))
            )
            .WithSummary("Which platforms are left alone because they are down.")
            .Produces<IReadOnlyList<Breaker>>();
        api.MapPost("/breakers/{provider}/reset", ResetAsync)
            .WithSummary("Closes a breaker.")
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet(
                "/holds",
                async (Standing standing, CancellationToken cancel) => Answer(await standing.HoldsAsync(cancel))
            )
            .WithSummary("Doors that are shut: accounts, destinations, projects.")
            .Produces<IReadOnlyList<Hold>>();
        api.MapDelete("/holds/{**scope}", ReleaseAsync)
            .WithSummary("Opens a door that is shut.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> RunAsync(string name, HttpContext http, OwnerActions act) =>
        await act.RunAsync(name, Visitor.Of(http)) is { } wish
            ? Results.Json(wish, JsonOutput.Format, statusCode: StatusCodes.Status202Accepted)
            : ApiProblem.NotFound($"There is no job '{name}'.", "GET /api/v1/jobs lists them.");

    private static async Task<IResult> AlertsAsync(
        HttpContext http,
        Standing standing,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var query = new ApiQuery(http.Request.Query, "days");
        var days = query.Number("days", FewDays, 0, LongestDays)!.Value;
        return query.Wrong.Count > 0
            ? ApiProblem.Of(query.Wrong)
            : Answer(await standing.AlertsAsync(time.GetUtcNow().AddDays(-days), cancel));
    }

    private static async Task<IResult> AcknowledgeAsync(long id, HttpContext http, OwnerActions act) =>
        await act.AcknowledgeAsync(id, Visitor.Of(http))
            ? Results.NoContent()
            : ApiProblem.NotFound($"There is no open alert {id}.", "GET /api/v1/alerts lists them.");

    private static async Task<IResult> AuditAsync(HttpContext http, Standing standing, CancellationToken cancel)
    {
        var query = new ApiQuery(http.Request.Query, "before", "limit");
        var before = query.Number("before", null, 1, long.MaxValue);
        var limit = (int)query.Number("limit", FewEntries, 1, MostEntries)!.Value;
        if (query.Wrong.Count > 0)
            return ApiProblem.Of(query.Wrong);
        var entries = await standing.AuditAsync(before, limit + 1, cancel);
        var shown = entries.Take(limit).ToList();
        var next = entries.Count > limit ? $"{http.Request.Path}?limit={limit}&before={shown[^1].Id}" : null;
        return Answer(new { Entries = shown.Select(AuditDocument.Of), Next = next });
    }

    private static async Task<IResult> ResetAsync(string provider, HttpContext http, OwnerActions act) =>
        await act.ResetAsync(provider, Visitor.Of(http))
            ? Results.NoContent()
            : ApiProblem.NotFound($"There is no breaker '{provider}'.", "GET /api/v1/breakers lists them.");

    private static async Task<IResult> ReleaseAsync(string scope, HttpContext http, OwnerActions act)
    {
        // The one sign that stays escaped in a path.
        var plain = scope.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return await act.ReleaseAsync(plain, Visitor.Of(http))
            ? Results.NoContent()
            : ApiProblem.NotFound($"'{plain}' is not held.", "GET /api/v1/holds lists what is.");
    }

    private static IResult Answer(object value) => Results.Json(value, JsonOutput.Format);
}
