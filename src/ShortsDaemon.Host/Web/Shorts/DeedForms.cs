using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Web.Review;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>The buttons of an item's page and of the review. What is refused is said on the page where the button was.</summary>
internal static class DeedForms
{
    /// <summary>What a field of date and time sends.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm";

    private const string FromReview = "review";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var name in OwnerDeeds.Names)
            endpoints.MapPost(
                $"/shorts/{{id:long}}/{name}",
                (long id, [FromForm] DeedForm? form, HttpContext http, DeedDoor door) =>
                    // A button without fields sends no form.
                    door.DoAsync(name, new ItemId(id), form ?? new DeedForm(), http)
            );
    }

    /// <summary>Where the page goes on after a deed: the review shows what comes after an item that waits no more.</summary>
    public static string After(string name, ItemId id, string from) =>
        from != FromReview ? $"/shorts/{id}"
        : name == "approve" ? $"/review?id={id}&undo={id}"
        : $"/review?id={id}";

    public static bool IsOfReview(string? from) => from == FromReview;
}

/// <summary>The fields of all these forms; each sends those it has.</summary>
public sealed class DeedForm
{
    /// <summary>"review": the button was there; otherwise on the page of the item.</summary>
    public string? From { get; set; }
    public string? Reason { get; set; }
    public string? Layout { get; set; }

    /// <summary>on, off, or empty.</summary>
    public string? Captions { get; set; }
    public string? Title { get; set; }

    /// <summary>By the clock of the channel, see <see cref="DeedForms.TimeFormat"/>; empty: none.</summary>
    public string? NotBefore { get; set; }

    /// <summary>The form has a field for the time: an empty one takes the wish away.</summary>
    public bool HasTime { get; set; }
}

/// <summary>Does what a form asks for, and answers with the next page.</summary>
internal sealed class DeedDoor(OwnerDeeds deeds, ItemReader items, ReviewReader review, LiveOptions live)
{
    public async Task<IResult> DoAsync(string name, ItemId id, DeedForm form, HttpContext http)
    {
        try
        {
            if (await items.FindAsync(id, http.RequestAborted) is not { } item)
                return new RazorComponentResult<NoItemPage> { StatusCode = StatusCodes.Status404NotFound };
            await deeds.DoAsync(name, id, Visitor.Of(http), WishOf(form, item));
            return Results.LocalRedirect(DeedForms.After(name, id, form.From ?? ""));
        }
        catch (ActionRefusedException e)
        {
            return await RefuseAsync(id, form, e.Message, http.RequestAborted);
        }
    }

    private async Task<IResult> RefuseAsync(ItemId id, DeedForm form, string why, CancellationToken cancel)
    {
        if (DeedForms.IsOfReview(form.From))
            return new RazorComponentResult<ReviewPage>(
                new { Reading = await review.ReadAsync(id, null, cancel), Refused = why }
            )
            {
                StatusCode = StatusCodes.Status409Conflict,
            };
        return await items.ReadAsync(id, cancel) is { } reading
            ? new RazorComponentResult<ItemPage>(new { Reading = reading, Refused = why })
            {
                StatusCode = StatusCodes.Status409Conflict,
            }
            : new RazorComponentResult<NoItemPage> { StatusCode = StatusCodes.Status404NotFound };
    }

    private DeedWish WishOf(DeedForm form, Item item) =>
        new()
        {
            Reason = form.Reason,
            Title = form.Title,
            Layout = Enum.TryParse<LayoutName>(form.Layout, out var layout) && Enum.IsDefined(layout) ? layout : null,
            Captions = form.Captions switch
            {
                "on" => true,
                "off" => false,
                _ => null,
            },
            When = form.HasTime ? TimeOf(form.NotBefore, item) : null,
        };

    private PublishTime TimeOf(string? text, Item item)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new PublishTime(null);
        var zone = ChannelClock.Of(live.Value, item.Channel).Zone;
        var isTime = DateTime.TryParseExact(
            text,
            DeedForms.TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        );
        // In the hour that the clocks leave out in spring there is nothing to publish at.
        return isTime && !zone.IsInvalidTime(local)
            ? new PublishTime(new DateTimeOffset(local, zone.GetUtcOffset(local)))
            : throw new ActionRefusedException(
                Refusal.WrongValue,
                $"'{text}' is no time of the channel's clock; write it like 2026-11-22T18:30."
            );
    }
}
