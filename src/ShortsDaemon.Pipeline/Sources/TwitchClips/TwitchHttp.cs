using System.Text.Json;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>Sends requests to Twitch. Whatever goes wrong on the way becomes an <see cref="UnavailableException"/>.</summary>
/// <param name="clients">Gives the client to use now; it brings time limits and resilience.</param>
public sealed class TwitchHttp(Func<HttpClient> clients)
{
    private const int LongestReason = 200;

    internal static JsonSerializerOptions Json { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="request">What to ask; its address never appears in a message.</param>
    /// <param name="operation">What the messages call it, for instance clips.</param>
    /// <param name="cancel">Gives up.</param>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        string operation,
        CancellationToken cancel
    )
    {
        try
        {
            return await clients().SendAsync(request, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new UnavailableException($"Twitch cannot be reached ({operation}): {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new UnavailableException($"Twitch did not answer in time ({operation})", e);
        }
    }

    /// <exception cref="UnavailableException">It is not the JSON that belongs there.</exception>
    internal static async Task<T> ReadAsync<T>(HttpResponseMessage answer, string operation, CancellationToken cancel)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            return await JsonSerializer.DeserializeAsync<T>(body, Json, cancel)
                ?? throw new UnavailableException($"Twitch answered {operation} with nothing");
        }
        catch (JsonException e)
        {
            var kind = answer.Content.Headers.ContentType?.MediaType ?? "something";
            throw new UnavailableException(
                $"Twitch answered {operation} ({(int)answer.StatusCode}, {kind}) with what cannot be understood",
                e
            );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new UnavailableException($"Twitch's answer to {operation} broke off: {e.Message}", e);
        }
    }

    /// <returns>What Twitch says about a refusal, in one short line.</returns>
    internal static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            var why = await ReadAsync<Refusal>(answer, "", cancel);
            var line = ClipTitle.Of(why.Message ?? why.Error ?? answer.StatusCode.ToString());
            return line.Length > LongestReason ? line[..LongestReason] : line;
        }
        catch (UnavailableException)
        {
            return answer.StatusCode.ToString(); // a page of some proxy: the status says more
        }
    }

    private sealed record Refusal(string? Error, string? Message);
}
