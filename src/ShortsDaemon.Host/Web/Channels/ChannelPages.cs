using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShortsDaemon.Host.Logins;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Host.Web.Uploads;

namespace ShortsDaemon.Host.Web.Channels;

/// <summary>The list of channels, the page of each, and its buttons.</summary>
internal static class ChannelPages
{
    public static IServiceCollection AddChannels(this IServiceCollection services) =>
        services
            .AddSingleton<KeptLogins>()
            .AddSingleton<ChannelReader>()
            .AddSingleton<ChannelActions>()
            .AddSingleton<UploadShelf>()
            .AddSingleton<UploadWriter>()
            .AddSingleton<UploadDelivery>()
            .AddSingleton<UploadDoor>();

    public static void MapChannels(this IEndpointRouteBuilder room)
    {
        room.MapGet("/channels", ShowListAsync);
        room.MapGet("/channels/{channel}", ShowAsync);
        room.MapPost("/channels/{channel}/pause", PauseAsync);
        room.MapPost("/channels/{channel}/resume", ResumeAsync);
        UploadPages.Map(room);
    }

    public static string Address(string channel, string part = "") =>
        $"/channels/{Uri.EscapeDataString(channel)}{part}";

    private static async Task<IResult> ShowListAsync(ChannelReader reader, CancellationToken cancel) =>
        new RazorComponentResult<ChannelListPage>(new { Reading = await reader.ListAsync(cancel) });

    private static Task<IResult> ShowAsync(string channel, ChannelReader reader, CancellationToken cancel) =>
        TellAsync(channel, reader, problem: null, StatusCodes.Status200OK, cancel);

    /// <param name="channel">Its name.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="problem">Why something that was sent was not taken; null: nothing was.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IResult> TellAsync(
        string channel,
        ChannelReader reader,
        string? problem,
        int status,
        CancellationToken cancel
    ) =>
        await reader.ReadAsync(channel, cancel) is { } reading
            ? new RazorComponentResult<ChannelPage>(new { Reading = reading, Problem = problem })
            {
                StatusCode = status,
            }
            : new RazorComponentResult<NoChannelPage> { StatusCode = StatusCodes.Status404NotFound };

    private static async Task<IResult> PauseAsync(
        string channel,
        HttpContext http,
        ChannelActions act,
        [FromForm] string of
    )
    {
        await act.PauseAsync(of, Visitor.Of(http));
        return Results.LocalRedirect(Address(channel));
    }

    private static async Task<IResult> ResumeAsync(
        string channel,
        HttpContext http,
        ChannelActions act,
        [FromForm] string of
    )
    {
        await act.ResumeAsync(of, Visitor.Of(http));
        return Results.LocalRedirect(Address(channel));
    }
}
