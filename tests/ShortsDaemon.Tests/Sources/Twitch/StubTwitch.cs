using System.Net;
using System.Text;

namespace ShortsDaemon.Tests.Sources.Twitch;

/// <summary>Stands where the network is: shows what was sent, and answers what a test wants.</summary>
internal sealed class StubTwitch : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<SentRequest> _sent = [];

    public Func<SentRequest, HttpResponseMessage> Answer { get; set; } = _ => Json(new { data = Array.Empty<int>() });

    /// <summary>Held back until this is done, so that several are under way at once.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public IReadOnlyList<SentRequest> Sent
    {
        get
        {
            lock (_lock)
                return [.. _sent];
        }
    }

    public IReadOnlyList<SentRequest> To(string path) => [.. Sent.Where(r => r.Path == path)];

    public static HttpResponseMessage Json(object body, HttpStatusCode status = HttpStatusCode.OK) =>
        Text(System.Text.Json.JsonSerializer.Serialize(body), status, "application/json");

    public static HttpResponseMessage Text(string body, HttpStatusCode status, string kind) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, kind) };

    public static HttpResponseMessage Refused(HttpStatusCode status, string message) =>
        Json(new { status = (int)status, message }, status);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancel);
        var sent = new SentRequest(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query,
            request.Headers.Authorization?.ToString(),
            request.Headers.TryGetValues("Client-Id", out var ids) ? ids.Single() : null,
            body
        );
        lock (_lock)
            _sent.Add(sent);
        await Gate.WaitAsync(cancel);
        return Answer(sent);
    }
}

internal sealed record SentRequest(
    string Method,
    string Path,
    string Query,
    string? Authorization,
    string? ClientId,
    string Body
);
