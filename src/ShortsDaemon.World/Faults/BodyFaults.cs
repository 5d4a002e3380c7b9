using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Faults;

/// <summary>The first half of the answer, sent in good order. Holds the answer in memory.</summary>
internal sealed record TruncateFault : FaultAction
{
    public override async Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        using var answer = new MemoryStream();
        await AnswerThroughAsync(http, next, _ => answer);
        var half = answer.ToArray().AsMemory()[..(int)(answer.ToArray().Length / 2)];
        http.Response.ContentLength = half.Length;
        await http.Response.Body.WriteAsync(half, http.RequestAborted);
    }
}

/// <summary>Some bytes of the answer's body, then the connection closes.</summary>
internal sealed record CutFault(long Bytes) : FaultAction
{
    // An exception makes the server close a connection whose answer has begun, after what was sent so far.
    public override Task ApplyAsync(HttpContext http, RequestDelegate next) =>
        AnswerThroughAsync(
            http,
            next,
            wire => new CutStream(wire, Bytes, _ => throw new IOException("The fault script cut the answer."))
        );
}

/// <summary>Some bytes of the answer's body, then nothing more; the connection stays open.</summary>
internal sealed record StallFault(long Bytes) : FaultAction
{
    public override async Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        Task SayNothingAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        await AnswerThroughAsync(http, next, wire => new CutStream(wire, Bytes, _ => SayNothingAsync()));
        // An answer without a body is held back whole.
        if (!http.Response.HasStarted)
            await SayNothingAsync();
    }
}

/// <summary>Both bodies crawl.</summary>
internal sealed record SlowFault(long BytesPerSecond) : FaultAction
{
    public override Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        http.Request.Body = new SlowStream(http.Request.Body, BytesPerSecond, http.RequestAborted);
        return AnswerThroughAsync(http, next, wire => new SlowStream(wire, BytesPerSecond, http.RequestAborted));
    }
}
