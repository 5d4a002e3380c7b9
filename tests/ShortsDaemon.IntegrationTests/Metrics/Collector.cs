using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShortsDaemon.IntegrationTests.Metrics;

/// <summary>Takes OTLP over HTTP and keeps what came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string? Type, byte[] Body)> _taken = new();
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();
    public int Status { get; set; } = StatusCodes.Status200OK;
    public IReadOnlyCollection<(string Path, string? Type, byte[] Body)> Taken => _taken;

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Whether a text, which protobuf leaves as it is, came with the latest.</summary>
    public bool LatestHas(string text) => LatestHas(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a double came with the latest.</summary>
    public bool LatestHas(double value) => LatestHas(BitConverter.GetBytes(value));

    private bool LatestHas(byte[] bytes) =>
        _taken.LastOrDefault().Body is { } body && body.AsSpan().IndexOf(bytes) >= 0;

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _taken.Enqueue((http.Request.Path, http.Request.ContentType, body.ToArray()));
        http.Response.StatusCode = Status;
    }
}
