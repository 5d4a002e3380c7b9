using System.Globalization;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>What may be done with an item.</summary>
internal static class DeedsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var name in OwnerDeeds.Names.Where(name => name != "edit"))
            Describe(
                api.MapPost(
                    $"/items/{{id}}/{name}",
                    (string id, HttpContext http, OwnerDeeds deeds, ItemReader items) =>
                        DoAsync(name, id, http, deeds, items)
                ),
                $"Does with an item: {name}."
            );
        Describe(
            api.MapPatch(
                "/items/{id}",
                (string id, HttpContext http, OwnerDeeds deeds, ItemReader items) =>
                    DoAsync("edit", id, http, deeds, items)
            ),
            "Changes the title, or the time before which it is not published."
        );
    }

    private static void Describe(RouteHandlerBuilder deed, string summary) =>
        deed.WithSummary(summary).Produces<object>().ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> DoAsync(
        string name,
        string id,
        HttpContext http,
        OwnerDeeds deeds,
        ItemReader items
    )
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return NoItem(id);
        var body = await DeedBody.ReadAsync(http.Request, name);
        if (body.Wrong.Count > 0)
            return ApiProblem.Of(body.Wrong);
        try
        {
            await deeds.DoAsync(name, new ItemId(number), Visitor.Of(http), body.Wish);
        }
        catch (ActionRefusedException e)
        {
            return e.Refusal switch
            {
                Refusal.NoSuchItem => NoItem(id),
                Refusal.WrongValue => ApiProblem.Of(StatusCodes.Status400BadRequest, e.Message, "Give another value."),
                _ => ApiProblem.Of(
                    StatusCodes.Status409Conflict,
                    e.Message,
                    $"GET /api/v1/items/{number} tells where it stands."
                ),
            };
        }
        var item = (await items.FindAsync(new ItemId(number), CancellationToken.None))!;
        return Results.Json(
            new
            {
                Id = number,
                item.State,
                item.Reason,
                item.NotBefore,
                item.PublishAfter,
                item.WantedTitle,
                item.WantedLayout,
                item.WantedCaptions,
            },
            JsonOutput.Format
        );
    }

    private static IResult NoItem(string id) =>
        ApiProblem.NotFound($"There is no item '{id}'.", "GET /api/v1/items lists them.");
}
