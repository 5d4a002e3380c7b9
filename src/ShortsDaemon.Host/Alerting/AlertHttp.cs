using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Providers;

namespace ShortsDaemon.Host.Alerting;

/// <summary>
/// HTTP to receivers. It has no breaker and raises no alerts: trouble with a receiver is told by health. Redirects are not
/// followed, since they turn a message into a question and may lead a secret elsewhere.
/// </summary>
internal sealed class AlertHttp(TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private const int LongestQuote = 200;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("ShortsDaemon", null) } },
    };

    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="NotToldException">There was none.</exception>
    public async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var body = await ReadAsync(answer, cancel);
            return new Answer((int)answer.StatusCode, body, RetryAfterHeader.Of(answer, time));
        }
        catch (Exception e) when (ProviderWords.OfFailure(e, cancel) is { } words)
        {
            throw new NotToldException($"{request.RequestUri?.Host}: {words}", inner: e);
        }
    }

    public Task<Answer> PostJsonAsync(Uri address, object body, CancellationToken cancel) =>
        PostAsync(address, JsonSerializer.Serialize(body, Json), _ => { }, cancel);

    /// <param name="address">Where to.</param>
    /// <param name="json">The body as it goes out.</param>
    /// <param name="change">Adds headers.</param>
    /// <param name="cancel">The time is up.</param>
    public async Task<Answer> PostAsync(
        Uri address,
        string json,
        Action<HttpRequestHeaders> change,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        change(request.Headers);
        return await SendAsync(request, cancel);
    }

    public void Dispose() => _client.Dispose();

    // The status has said whether it arrived. An answer that is long, slow or cut must not have it told again.
    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var bytes = new byte[LongestAnswer];
        var length = 0;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
            int read;
            while (length < bytes.Length && (read = await stream.ReadAsync(bytes.AsMemory(length), cancel)) > 0)
                length += read;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>What a receiver said.</summary>
    internal sealed record Answer(int Status, string Body, TimeSpan? RetryAfter)
    {
        public bool IsGood => Status is >= 200 and < 300;

        /// <summary>The answer as JSON; an empty object when it is none.</summary>
        public JsonElement Document
        {
            get
            {
                try
                {
                    using var document = JsonDocument.Parse(Body);
                    return document.RootElement.Clone();
                }
                catch (JsonException)
                {
                    return JsonSerializer.SerializeToElement(new { });
                }
            }
        }

        /// <param name="secret">Never quoted.</param>
        /// <param name="mend">What helps against this status; null: nothing special.</param>
        /// <exception cref="NotToldException">It is not good.</exception>
        public void Require(string secret, Func<int, string?>? mend = null)
        {
            if (IsGood)
                return;
            var words = new StringBuilder($"it answered {Status}");
            if (Quote(secret) is { Length: > 0 } quote)
                words.Append(": ").Append(quote);
            var help = Status is >= 300 and < 400 ? "It has moved: write its new address." : mend?.Invoke(Status);
            if (help is not null)
                words.Append(". ").Append(help);
            throw new NotToldException(words.ToString(), RetryAfter);
        }

        private string Quote(string secret)
        {
            var plain = string.Concat(Body.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
            if (secret.Length > 0)
                plain = plain.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
            plain = SecretFree.Text(plain);
            return plain.Length > LongestQuote ? plain[..LongestQuote] + "…" : plain;
        }
    }
}
