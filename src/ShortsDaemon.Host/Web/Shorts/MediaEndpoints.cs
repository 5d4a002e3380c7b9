using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>Thumbnail and videos of an item. Which file that is says the database, never the request.</summary>
internal sealed class MediaEndpoints(IDbContextFactory<ShortsDb> databases, ItemMedia media)
{
    private const int Buffer = 1 << 16;

    private delegate MediaFile? Find(ItemMedia media, Item item, IReadOnlyList<string> places);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Send("thumbnail", (media, item, places) => media.Thumbnail(item.Id, places));
        Send("short", (media, item, places) => media.Short(item.Id, places));
        Send("source", (media, item, _) => media.Source(item));

        void Send(string name, Find find) =>
            endpoints.MapGet(
                $"/shorts/{{id:long}}/{name}",
                (long id, MediaEndpoints files, HttpResponse answer, CancellationToken cancel) =>
                    files.SendAsync(new ItemId(id), find, answer, cancel)
            );
    }

    private async Task<IResult> SendAsync(ItemId id, Find find, HttpResponse answer, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var item = await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
        if (item is null || id == CanaryItem.Id)
            return Results.NotFound();
        var places = await db
            .Publications.Where(p => p.ItemId == id && p.RemoteId != null)
            .OrderBy(p => p.Id)
            .Select(p => p.RemoteId!)
            .ToListAsync(cancel);
        return find(media, item, places) is { } file && Open(file) is { } content
            ? Send(file, content, answer)
            : Results.NotFound();
    }

    // It may go at any time: a work folder is cleared away when its item has ended.
    private static FileStream? Open(MediaFile file)
    {
        try
        {
            return new FileStream(
                file.Path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                Buffer,
                FileOptions.Asynchronous
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IResult Send(MediaFile file, FileStream content, HttpResponse answer)
    {
        // The browser may keep it but asks each time whether it still may show it.
        answer.Headers.CacheControl = "private, no-cache";
        var changed = File.GetLastWriteTimeUtc(content.SafeFileHandle);
        return Results.Stream(
            content,
            file.Type,
            lastModified: new DateTimeOffset(changed),
            entityTag: new EntityTagHeaderValue($"\"{changed.Ticks:x}-{content.Length:x}\""),
            enableRangeProcessing: true
        );
    }
}
