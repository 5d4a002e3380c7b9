using System.Text.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>Reads from the token address's answers what the library leaves out: how long the refresh token lives.</summary>
internal sealed class TokenAnswers : DelegatingHandler
{
    /// <summary>As said by the latest answer; null: nothing was said, as for apps that are in production.</summary>
    public TimeSpan? RefreshTokenLife { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
            RefreshTokenLife = LifeIn(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return response;
    }

    private static TimeSpan? LifeIn(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("refresh_token_expires_in", out var life)
                && life.TryGetInt64(out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // whoever asked for the token complains
        }
    }
}
