using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>The items: page by page, and one with its whole story.</summary>
internal static class ItemsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/items", ListAsync)
            .WithSummary("The items, newest first, page by page.")
            .TakesQuery("state", "channel", "before", "limit")
            .Produces<ItemsAnswer>();
        api.MapGet("/items/{id}", TellAsync).WithSummary("The whole story of an item.").Produces<object>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        IDbContextFactory<ShortsDb> databases,
        CancellationToken cancel
    )
    {
        var query = new ApiQuery(http.Request.Query, "state", "channel", "before", "limit");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var page = new ItemPage(
            query.State("state"),
            await query.ChannelsAsync(db, cancel),
            query.Before() is { } before ? new ItemId(before) : null,
            query.Limit()
        );
        if (query.Wrong.Count > 0)
            return ApiProblem.Of(query.Wrong);
        var (lines, next) = await page.ReadAsync(db, cancel);
        return Answer(
            new ItemsAnswer(lines.Select(line => line.Describe()), ApiQuery.NextAddress(http.Request, next?.ToString()))
        );
    }

    private static async Task<IResult> TellAsync(
        string id,
        IDbContextFactory<ShortsDb> databases,
        LiveOptions live,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var isNumber = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var wanted = new ItemId(number);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var item =
            isNumber && wanted != CanaryItem.Id
                ? await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == wanted, cancel)
                : null;
        if (item is null)
            return ApiProblem.NotFound($"There is no item '{id}'.", "GET /api/v1/items lists them.");
        var previews = await PostPreview.ReadAsync(db, live.Value, item, time.GetUtcNow(), cancel);
        return Answer(StoryDocument.Of(await ItemStory.ReadAsync(db, item.Id, cancel) with { Previews = previews }));
    }

    private static IResult Answer(object value) => Results.Json(value, JsonOutput.Format);
}

/// <param name="Items">Newest first.</param>
/// <param name="Next">Address of the next page; null: there is none.</param>
internal sealed record ItemsAnswer(IEnumerable<ItemEntry> Items, string? Next);
