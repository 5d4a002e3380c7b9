using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World;

/// <summary>Remembers every request, so that a test can say what went over the wire.</summary>
public sealed class CallLog(TimeProvider time)
{
    private readonly ConcurrentQueue<Call> _calls = new();

    public IReadOnlyList<Call> All => [.. _calls];

    /// <summary>Forgets what came so far; for runs that are long.</summary>
    public void Clear() => _calls.Clear();

    /// <returns>The calls of one operation, in order.</returns>
    public IReadOnlyList<Call> Of(string operation) => [.. _calls.Where(call => call.Operation == operation)];

    internal async Task RecordAsync(HttpContext http, RequestDelegate next)
    {
        if (http.OperationName().StartsWith("world.", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        var call = new Call(
            http.OperationName(),
            time.GetUtcNow(),
            http.Request.Method,
            http.Request.Path + http.Request.QueryString.ToString(),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)
        );
        _calls.Enqueue(call);
        http.Features.Set(call);
        try
        {
            await next(http);
        }
        finally
        {
            call.Status = http.Response.StatusCode;
        }
    }
}

/// <param name="Operation">Name of the route, for instance twitch.clips.</param>
/// <param name="At">When it came in, by the world's clock.</param>
/// <param name="Method">GET, POST, PUT.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Request headers.</param>
public sealed record Call(
    string Operation,
    DateTimeOffset At,
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers
)
{
    /// <summary>Status answered; what is there as long as no answer was sent means nothing.</summary>
    public int Status { get; set; }

    /// <summary>What a fault rule did to it, for instance "status 503"; null: nothing.</summary>
    public string? Fault { get; set; }
}
