using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Faults;

/// <summary>Something that happens to a call, in place of the work or around it. Waits are real time: the wire knows no other.</summary>
internal abstract record FaultAction
{
    public abstract Task ApplyAsync(HttpContext http, RequestDelegate next);

    /// <summary>Does the work, and lets the answer's body pass through a stream.</summary>
    protected static async Task AnswerThroughAsync(HttpContext http, RequestDelegate next, Func<Stream, Stream> shape)
    {
        var wire = http.Response.Body;
        await using var shaped = shape(wire);
        http.Response.Body = shaped;
        await next(http);
        await http.Response.BodyWriter.FlushAsync();
        http.Response.Body = wire;
    }
}
