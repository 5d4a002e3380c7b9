namespace ShortsDaemon.Pipeline.Providers;

/// <summary>Says in words why a file could not be asked for. What the answer holds is for the caller to read and judge.</summary>
internal sealed class FileGuard(string provider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var call = ProviderWords.OfFile(provider, request);
        try
        {
            return await base.SendAsync(request, cancel);
        }
        catch (Exception e) when (ProviderWords.OfFailure(e, cancel) is { } words)
        {
            throw new ProviderDownException($"{call}: {words}", e);
        }
    }
}
