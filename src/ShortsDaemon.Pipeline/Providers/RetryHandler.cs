using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>Limits how long a call takes, and repeats those that may be repeated when the provider stumbles.</summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private readonly string _provider;
    private readonly ResiliencePipeline<HttpResponseMessage> _once;
    private readonly ResiliencePipeline<HttpResponseMessage> _again;

    public RetryHandler(string provider, Patience patience, TimeProvider time)
    {
        _provider = provider;
        _once = Builder(time).AddTimeout(patience.Attempt).Build();
        _again = Builder(time)
            .AddTimeout(patience.Total)
            .AddRetry(Strategy(patience, time))
            .AddTimeout(patience.Attempt)
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.Content is not null)
            await request.Content.LoadIntoBufferAsync(cancel);
        var asSent = new Original(request.Method, request.RequestUri, request.Headers.Authorization, request.Content);
        try
        {
            return await (IsRepeatable(request.Method) ? _again : _once).ExecuteAsync(
                async token =>
                {
                    asSent.Restore(request);
                    var answer = await base.SendAsync(request, token);
                    WorkSign.Moved();
                    return answer;
                },
                cancel
            );
        }
        catch (TimeoutRejectedException e)
        {
            asSent.Restore(request);
            throw new ProviderDownException(
                $"{ProviderWords.OfCall(_provider, request)} did not answer within {e.Timeout.TotalSeconds:0.#} s",
                e
            );
        }
    }

    private static ResiliencePipelineBuilder<HttpResponseMessage> Builder(TimeProvider time) =>
        new() { TimeProvider = time };

    private static RetryStrategyOptions<HttpResponseMessage> Strategy(Patience patience, TimeProvider time) =>
        new()
        {
            MaxRetryAttempts = patience.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = patience.FirstPause,
            MaxDelay = patience.LongestPause,
            ShouldHandle = a =>
                ValueTask.FromResult(IsPassing(a.Outcome) && !(Asked(a.Outcome, time) > patience.LongestPause)),
            DelayGenerator = a => ValueTask.FromResult(Asked(a.Outcome, time)),
            OnRetry = a =>
            {
                a.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
        };

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is ProviderDownException or TimeoutRejectedException
        || outcome.Result?.StatusCode == HttpStatusCode.RequestTimeout;

    private static TimeSpan? Asked(Outcome<HttpResponseMessage> outcome, TimeProvider time) =>
        outcome.Result is { } answer
            ? RetryAfterHeader.Of(answer, time)
            : (outcome.Exception as ProviderDownException)?.RetryAfter;

    private static bool IsRepeatable(HttpMethod method) =>
        method == HttpMethod.Get
        || method == HttpMethod.Head
        || method == HttpMethod.Put
        || method == HttpMethod.Delete
        || method == HttpMethod.Options;

    // Following a redirect changes the request itself, and takes its authorization away.
    private sealed record Original(
        HttpMethod Method,
        Uri? Address,
        System.Net.Http.Headers.AuthenticationHeaderValue? Authorization,
        HttpContent? Content
    )
    {
        public void Restore(HttpRequestMessage request)
        {
            (request.Method, request.RequestUri, request.Content) = (Method, Address, Content);
            request.Headers.Authorization = Authorization;
        }
    }
}
