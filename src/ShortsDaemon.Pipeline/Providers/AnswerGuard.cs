using System.Net;
using System.Text.Json;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>
/// Lets only answers through that a client can read: whole, of bounded size, JSON when they succeeded. Everything else
/// is an exception in words. Answers of 400 to 499 pass as they are: they are for the client to judge.
/// </summary>
internal sealed class AnswerGuard(string provider, TimeProvider time) : DelegatingHandler
{
    public const int LongestAnswer = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var call = ProviderWords.OfCall(provider, request);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, cancel);
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancel);
            RequireUsable(call, answer);
            await RequireJsonAsync(call, answer, cancel);
            return answer;
        }
        catch (Exception e)
        {
            answer?.Dispose();
            if (ProviderWords.OfFailure(e, cancel) is { } words)
                throw new ProviderDownException($"{call}: {words}", e);
            throw;
        }
    }

    private void RequireUsable(string call, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 500)
            throw new ProviderDownException($"{call} answered {(int)answer.StatusCode}")
            {
                RetryAfter = RetryAfterHeader.Of(answer, time),
                Status = answer.StatusCode,
            };
        if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is not null)
            throw new ProviderDownException(
                $"{call} answered {(int)answer.StatusCode} and led in a circle, or to a place without TLS"
            );
    }

    private static async Task RequireJsonAsync(string call, HttpResponseMessage answer, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NoContent)
            return;
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        if (body.Length == 0)
            return;
        try
        {
            var json = new Utf8JsonReader(body);
            while (json.Read())
                json.Skip();
        }
        catch (JsonException e)
        {
            var what = body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<"u8) ? "HTML" : "something broken";
            throw new ProviderDownException($"{call} answered {(int)answer.StatusCode} with {what} instead of JSON", e);
        }
    }
}
