namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>How long the platform has asked to be left alone with its latest answer; null: it has not.</summary>
internal sealed class AskedPause(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public TimeSpan? Length { get; private set; }

    /// <summary>Reads it from whatever passes.</summary>
    public DelegatingHandler Reader() => new Handler(this);

    private void Read(HttpResponseMessage response)
    {
        var asked = response.IsSuccessStatusCode ? null : response.Headers.RetryAfter;
        var length = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
        Length = length > Longest ? Longest : length;
    }

    private sealed class Handler(AskedPause pause) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            pause.Read(response);
            return response;
        }
    }
}
