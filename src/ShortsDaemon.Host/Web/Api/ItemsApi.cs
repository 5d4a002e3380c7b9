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
    private const int MostItems = 100;
    private const int FewItems = 20;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/items", ListAsync);
        api.MapGet("/items/{id}", TellAsync);
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
            await ChannelsAsync(db, query, cancel),
            query.Number("before", null, 1, long.MaxValue) is { } before ? new ItemId(before) : null,
            (int)query.Number("limit", FewItems, 1, MostItems)!.Value
        );
        if (query.Wrong.Count > 0)
            return ApiProblem.Of(query.Wrong);
        var (lines, next) = await page.ReadAsync(db, cancel);
        return Answer(new { Items = lines.Select(line => line.Describe()), Next = NextAddress(http.Request, next) });
    }

    // Names may differ in their letters' case, and a channel that has left the configuration still has its items.
    private static async Task<List<string>?> ChannelsAsync(ShortsDb db, ApiQuery query, CancellationToken cancel)
    {
        if (query.Text("channel") is not { } wanted)
            return null;
        var all = await db.Channels.AsNoTracking().Select(c => c.Name).OrderBy(name => name).ToListAsync(cancel);
        var found = all.FindAll(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (found.Count == 0)
            query.Refuse("channel", $"There is no channel '{wanted}'.", $"There are: {string.Join(", ", all)}.");
        return found;
    }

    private static string? NextAddress(HttpRequest request, ItemId? next)
    {
        if (next is null)
            return null;
        var kept = request
            .Query.Where(value => !value.Key.Equals("before", StringComparison.OrdinalIgnoreCase))
            .Select(value => KeyValuePair.Create(value.Key, (string?)value.Value.ToString()));
        return request.Path + QueryString.Create([.. kept, KeyValuePair.Create("before", (string?)next.ToString())]);
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
