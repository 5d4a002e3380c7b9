namespace ShortsDaemon.Pipeline.Providers;

/// <summary>Sends nothing to a provider whose breaker is open, and lets the breaker hear how each call ended.</summary>
internal sealed class BreakerHandler(string provider, Breakers breakers) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) =>
        breakers.RunAsync(
            provider,
            token => base.SendAsync(request, token),
            answer => Complaint(request, answer),
            cancel
        );

    private string? Complaint(HttpRequestMessage request, HttpResponseMessage answer) =>
        ProviderSigns.Of(answer.StatusCode) == ProviderSign.Down
            ? $"{provider} {request.Method} answered {(int)answer.StatusCode}"
            : null;
}
