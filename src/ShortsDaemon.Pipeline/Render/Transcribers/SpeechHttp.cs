using System.Net;
using System.Net.Http.Headers;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Providers;

namespace ShortsDaemon.Pipeline.Render.Transcribers;

/// <summary>
/// HTTP to recognisers of speech. Redirects are not followed: they may lead key and recording elsewhere.
/// </summary>
public sealed class SpeechHttp(LiveOptions options, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 32 * 1024 * 1024;
    private const int LongestQuote = 200;

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(15),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("ShortsDaemon", null) } },
    };

    /// <param name="who">What messages call it.</param>
    /// <param name="request">Disposed here.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TranscriberException">It did not answer with a transcript.</exception>
    public async Task<Transcript> AskAsync(string who, HttpRequestMessage request, CancellationToken cancel)
    {
        var limit = TimeSpan.FromSeconds(options.Value.Transcription.TimeLimitSeconds);
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            using var sent = request;
            using var answer = await _client.SendAsync(sent, either.Token);
            var body = await answer.Content.ReadAsStringAsync(either.Token);
            return answer.IsSuccessStatusCode
                ? TranscriptJson.Read(body)
                : throw Refusal(who, answer.StatusCode, body, sent.Headers.Authorization?.Parameter);
        }
        catch (UnreadableTranscriptException e)
        {
            throw new TranscriberException($"{who} answered, but {e.Message}", mayPass: false, e);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TranscriberException($"{who} did not answer within {limit.TotalSeconds:0} s", mayPass: true, e);
        }
        catch (Exception e) when (ProviderWords.OfFailure(e, cancel) is { } words)
        {
            throw new TranscriberException($"{who}: {words}", mayPass: true, e);
        }
    }

    /// <returns>The key; empty when there is no file for it.</returns>
    /// <exception cref="TranscriberException">The file cannot be used.</exception>
    public static async Task<string> KeyAsync(string file, CancellationToken cancel)
    {
        if (file.Length == 0)
            return "";
        try
        {
            var key = (await SecretFile.ReadAsync(file, cancel)).Trim();
            return key.Length > 0 && !key.Any(c => char.IsControl(c) || c == ' ')
                ? key
                : throw new TranscriberException(
                    $"'{file}' should hold one line with the key and nothing else",
                    mayPass: false
                );
        }
        catch (Exception e) when (e is CredentialException or IOException or UnauthorizedAccessException)
        {
            throw new TranscriberException(e.Message, mayPass: false, e);
        }
    }

    public void Dispose() => _client.Dispose();

    private static TranscriberException Refusal(string who, HttpStatusCode status, string body, string? key)
    {
        var said = string.Concat(body.Take(2 * LongestQuote).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (!string.IsNullOrEmpty(key))
            said = said.Replace(key, "***", StringComparison.Ordinal);
        if (said.Length > LongestQuote)
            said = said[..LongestQuote] + "…";
        var mend = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ". Look at its KeyFile" : "";
        var mayPass = (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        return new($"{who} answered {(int)status}: {said}{mend}", mayPass);
    }
}
