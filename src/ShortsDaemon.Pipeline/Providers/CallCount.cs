using System.Net;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>Counts what goes over the wire, repetitions included.</summary>
internal sealed class CallCount(string provider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            var answer = await base.SendAsync(request, cancel);
            FlowMeter.Called(provider, Of(answer.StatusCode));
            return answer;
        }
        catch (Exception)
        {
            FlowMeter.Called(provider, cancel.IsCancellationRequested ? CallOutcome.GivenUp : CallOutcome.Unreachable);
            throw;
        }
    }

    private static CallOutcome Of(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.TooManyRequests => CallOutcome.Limited,
            >= HttpStatusCode.InternalServerError => CallOutcome.Failed,
            >= HttpStatusCode.BadRequest => CallOutcome.Refused,
            _ => CallOutcome.Ok,
        };
}
