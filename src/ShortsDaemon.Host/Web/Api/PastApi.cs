using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>What was published and which runs the channels had; page by page, newest first.</summary>
internal static class PastApi
{
    private static readonly string[] Keys = ["channel", "before", "limit"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/publications", PublicationsAsync)
            .WithSummary("What was published or is on its way there, newest first, page by page.")
            .TakesQuery(Keys)
            .Produces<PublicationsAnswer>();
        api.MapGet("/runs", RunsAsync)
            .WithSummary("The channels' looks for clips, newest first, page by page.")
            .TakesQuery(Keys)
            .Produces<RunsAnswer>();
    }

    private static async Task<IResult> PublicationsAsync(
        HttpContext http,
        IDbContextFactory<ShortsDb> databases,
        CancellationToken cancel
    )
    {
        var query = new ApiQuery(http.Request.Query, Keys);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (channels, before, limit) = (await query.ChannelsAsync(db, cancel), query.Before(), query.Limit());
        if (query.Wrong.Count > 0)
            return ApiProblem.Of(query.Wrong);
        var wanted = db.Publications.AsNoTracking().Where(p => before == null || p.Id < before);
        if (channels is not null)
            wanted = wanted.Where(p => db.Items.Any(i => i.Id == p.ItemId && channels.Contains(i.Channel)));
        var found = await wanted.OrderByDescending(p => p.Id).Take(limit + 1).ToListAsync(cancel);
        var page = found.Take(limit).Select(Entry).ToList();
        return Answer(new PublicationsAnswer(page, Next(http, found.Count > limit ? page[^1].Id : null)));
    }

    private static async Task<IResult> RunsAsync(
        HttpContext http,
        IDbContextFactory<ShortsDb> databases,
        CancellationToken cancel
    )
    {
        var query = new ApiQuery(http.Request.Query, Keys);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (channels, before, limit) = (await query.ChannelsAsync(db, cancel), query.Before(), query.Limit());
        if (query.Wrong.Count > 0)
            return ApiProblem.Of(query.Wrong);
        var wanted = db.Runs.AsNoTracking().Where(r => before == null || r.Id < before);
        if (channels is not null)
            wanted = wanted.Where(r => channels.Contains(r.Channel));
        var found = await wanted.OrderByDescending(r => r.Id).Take(limit + 1).ToListAsync(cancel);
        var page = found.Take(limit).ToList();
        foreach (var run in page)
            run.Problem = SecretFree.Text(run.Problem);
        return Answer(new RunsAnswer(page, Next(http, found.Count > limit ? page[^1].Id : null)));
    }

    // Not the session: who has its address may send in our name.
    private static PublicationEntry Entry(Publication publication) =>
        new(
            publication.Id,
            publication.ItemId.Value,
            publication.Destination,
            publication.Title,
            publication.RemoteId,
            publication.RemoteId is { } id ? RemotePlace.Of(id).Link : null,
            publication.IntendedAt,
            publication.SlotAt,
            publication.PublishedAt,
            publication.Rejection
        );

    private static string? Next(HttpContext http, long? before) =>
        ApiQuery.NextAddress(http.Request, before?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static IResult Answer(object value) => Results.Json(value, JsonOutput.Format);
}

/// <param name="Publications">Newest first.</param>
/// <param name="Next">Address of the next page; null: there is none.</param>
internal sealed record PublicationsAnswer(IReadOnlyList<PublicationEntry> Publications, string? Next);

/// <param name="Runs">Newest first.</param>
/// <param name="Next">Address of the next page; null: there is none.</param>
internal sealed record RunsAnswer(IReadOnlyList<Run> Runs, string? Next);

/// <param name="Id">Number of the publication.</param>
/// <param name="Item">Number of the item.</param>
/// <param name="Destination">Channel and destination, for instance "inbox/Folder".</param>
/// <param name="Title">That was sent; null: none.</param>
/// <param name="RemoteId">Where it is: path or remote id; null until it arrived.</param>
/// <param name="Link">Where it can be watched; null: nowhere that a browser may be sent to.</param>
/// <param name="IntendedAt">When it was begun.</param>
/// <param name="SlotAt">When it is to appear; null: as soon as possible.</param>
/// <param name="PublishedAt">When it had arrived; null: it has not.</param>
/// <param name="Rejection">Why the destination took it down; null: it did not.</param>
internal sealed record PublicationEntry(
    long Id,
    long Item,
    string Destination,
    string? Title,
    string? RemoteId,
    string? Link,
    DateTimeOffset IntendedAt,
    DateTimeOffset? SlotAt,
    DateTimeOffset? PublishedAt,
    string? Rejection
);
