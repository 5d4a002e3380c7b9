namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>Stands between the daemon and the network.</summary>
internal sealed class Wire : DelegatingHandler
{
    /// <summary>Called before a request leaves.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task>? Before { get; set; }

    /// <summary>Called when its answer is there.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage, Task>? After { get; set; }

    /// <summary>After the first chunk that leaves something to send, once.</summary>
    public Func<Task> AfterFirstChunk
    {
        set =>
            After = async (request, response) =>
            {
                if (!IsChunk(request) || (int)response.StatusCode != 308)
                    return;
                After = null;
                await value();
            };
    }

    public static bool IsChunk(HttpRequestMessage request) =>
        request.Method == HttpMethod.Put && request.Content?.Headers.ContentRange?.HasRange == true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (Before is not null)
            await Before(request, cancel);
        var response = await base.SendAsync(request, cancel);
        if (After is not null)
            await After(request, response);
        return response;
    }
}
