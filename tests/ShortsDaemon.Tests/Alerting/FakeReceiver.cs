using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>Somebody who is told of alerts, over real HTTP, and answers as the test wants.</summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<Heard> _heard = new();

    private FakeReceiver(WebApplication web) => _web = web;

    public IReadOnlyList<Heard> Calls => [.. _heard];

    /// <summary>What is answered next, in order; after them 200.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    public string Url => _web.Urls.Single();

    public static async Task<FakeReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var receiver = new FakeReceiver(web);
        web.Run(receiver.HearAsync);
        await web.StartAsync();
        return receiver;
    }

    public void Answer(int status, string body = "", params (string Name, string Value)[] headers) =>
        Answers.Enqueue(http =>
        {
            http.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            return http.Response.WriteAsync(body);
        });

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task HearAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString());
        _heard.Enqueue(
            new Heard(
                $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}",
                http.Request.ContentType ?? "",
                headers,
                body
            )
        );
        if (Answers.TryDequeue(out var answer))
            await answer(http);
        else
            await http.Response.WriteAsync("ok");
    }

    /// <summary>One request.</summary>
    internal sealed record Heard(string Line, string ContentType, Dictionary<string, string> Headers, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;
    }
}
