using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Web.Channels;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>The channels: what the Channels pages show, pause and resume.</summary>
internal static class ChannelsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/channels", ListAsync)
            .WithSummary("The channels, and what is wrong with the latest edit of the configuration.")
            .Produces<object>();
        api.MapGet("/channels/{channel}", TellAsync).WithSummary("All about one channel.").Produces<object>();
        api.MapPost("/channels/{channel}/pause", PauseAsync)
            .WithSummary("Stops a channel until it is resumed.")
            .Produces(StatusCodes.Status204NoContent);
        api.MapPost("/channels/{channel}/resume", ResumeAsync)
            .WithSummary("Lets a paused channel go on.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(ChannelReader reader, CancellationToken cancel)
    {
        var list = await reader.ListAsync(cancel);
        return Answer(new { Channels = list.Channels.Select(Describe), Configuration = list.Trouble });
    }

    private static async Task<IResult> TellAsync(string channel, ChannelReader reader, CancellationToken cancel)
    {
        if (await reader.ReadAsync(channel, cancel) is not { } reading)
            return NotFound(channel);
        return Answer(
            new
            {
                Channel = Describe(reading.Line),
                Plan = reading.Plan?.Describe(
                    reading.Destinations.Select(d => d.Posting).OfType<PostingStanding>().Select(PostingLines.Describe)
                ),
                Destinations = reading.Destinations.Select(d => new { d.Name, d.Type }),
                reading.Logins,
                Backlog = reading.Backlog.Select(b => new
                {
                    Item = b.Item.Value,
                    b.Title,
                    b.Score,
                    b.FoundAt,
                }),
                UnderWay = reading.Stages,
                reading.Results,
                Runs = reading.Runs.Select(Describe),
                reading.Settings,
                Configuration = reading.Trouble,
            }
        );
    }

    private static async Task<IResult> PauseAsync(string channel, HttpContext http, ChannelActions act) =>
        await act.PauseAsync(channel, Visitor.Of(http)) ? Results.NoContent() : NotFound(channel);

    private static async Task<IResult> ResumeAsync(string channel, HttpContext http, ChannelActions act) =>
        await act.ResumeAsync(channel, Visitor.Of(http)) ? Results.NoContent() : NotFound(channel);

    private static object Describe(ChannelLine line) =>
        new
        {
            line.Name,
            line.Standing,
            line.Pause,
            line.Next,
            line.Candidates,
            line.UnderWay,
            Last = line.Last is { } run ? Describe(run) : null,
        };

    private static object Describe(Pipeline.Storage.Run run) =>
        new
        {
            run.StartedAt,
            run.EndedAt,
            run.Found,
            run.Selected,
            run.Problem,
        };

    private static IResult NotFound(string channel) =>
        ApiProblem.NotFound($"There is no channel '{channel}'.", "GET /api/v1/channels lists them.");

    private static IResult Answer(object value) => Results.Json(value, JsonOutput.Format);
}
