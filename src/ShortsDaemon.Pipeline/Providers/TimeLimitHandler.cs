namespace ShortsDaemon.Pipeline.Providers;

/// <summary>
/// Ends a call whose whole answer has not come in its time, as a connection that failed. A limit of the client itself
/// would look like a caller who gave up, and no breaker would hear of it.
/// </summary>
internal sealed class TimeLimitHandler(string provider, TimeSpan limit) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        // A network's patience is counted in real seconds.
        using var end = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, end.Token);
        try
        {
            return await WholeAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"{ProviderWords.OfCall(provider, request)} did not answer within {limit.TotalSeconds:0.#} s",
                e
            );
        }
    }

    private async Task<HttpResponseMessage> WholeAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var response = await base.SendAsync(request, cancel);
        try
        {
            await response.Content.LoadIntoBufferAsync(cancel);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
