using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Faults;

/// <summary>An answer of its own; the work is not done.</summary>
internal sealed record StatusFault(int Status, string Body, IReadOnlyDictionary<string, string> Headers) : FaultAction
{
    private const string Page =
        "<!DOCTYPE html><html><head><title>Oops</title></head><body><h1>Something went wrong</h1></body></html>";

    public static StatusFault Of(FaultRule rule, int status) =>
        new(status, rule.Body ?? "", Typed(rule, "application/json"));

    public static StatusFault Html(FaultRule rule, int status) =>
        new(status, rule.Body ?? Page, Typed(rule, "text/html; charset=utf-8"));

    public override Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            http.Response.Headers[name] = value;
        return Status is 204 or 304 ? Task.CompletedTask : http.Response.WriteAsync(Body);
    }

    private static Dictionary<string, string> Typed(FaultRule rule, string type) =>
        new(rule.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = rule.Headers.GetValueOrDefault("Content-Type", type),
        };
}
