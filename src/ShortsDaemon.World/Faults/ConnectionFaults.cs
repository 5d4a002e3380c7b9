using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Faults;

/// <summary>The connection is reset; the work is not done.</summary>
internal sealed record ResetFault : FaultAction
{
    public override Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}

/// <summary>The work is done, its answer is lost.</summary>
internal sealed record LoseFault : FaultAction
{
    public override async Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        await AnswerThroughAsync(http, next, _ => Stream.Null);
        http.Abort();
    }
}

/// <summary>The connection is reset when some bytes of the request's body have come in.</summary>
internal sealed record CutRequestFault(long Bytes) : FaultAction
{
    public override Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        http.Request.Body = new CutStream(
            http.Request.Body,
            Bytes,
            _ =>
            {
                http.Abort();
                throw new IOException("The fault script cut the request.");
            }
        );
        return next(http);
    }
}

/// <summary>Sends the caller back to where it came.</summary>
internal sealed record RedirectFault : FaultAction
{
    public override Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = http.Request.Path + http.Request.QueryString.ToString();
        return Task.CompletedTask;
    }
}

/// <summary>Nothing happens for a while, then all goes well.</summary>
internal sealed record DelayFault(TimeSpan Time) : FaultAction
{
    public override async Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        await Task.Delay(Time, TimeProvider.System, http.RequestAborted);
        await next(http);
    }
}
