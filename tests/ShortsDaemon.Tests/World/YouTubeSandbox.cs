using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.World;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.World;

/// <summary>A world with one account, "main", and a client that speaks plain HTTP with it.</summary>
internal sealed class YouTubeSandbox : IAsyncDisposable
{
    public const string ChannelId = "UCmain000000000000000000";
    public const string UploadsPath = "upload/youtube/v3/videos?uploadType=resumable&part=snippet,status";
    public const int Step = 256 * 1024;

    private readonly TestFolder _folder;
    private readonly HttpClient _http;

    private YouTubeSandbox(TestFolder folder, FakeTimeProvider time, WorldServer world)
    {
        (_folder, Time, World) = (folder, time, world);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = world.Address };
        YouTube.AddAccount("main", ChannelId, "Main Channel");
        (Token, RefreshToken) = YouTube.IssueToken("main");
    }

    public FakeTimeProvider Time { get; }
    public WorldServer World { get; }
    public YouTubeWorld YouTube => World.YouTube;
    public GoogleWorld Google => World.Google;
    public string Token { get; set; }
    public string RefreshToken { get; }

    public string this[string file] => _folder[file];

    public static async Task<YouTubeSandbox> StartAsync()
    {
        var (folder, time) = (new TestFolder(), new FakeTimeProvider());
        return new(folder, time, await WorldServer.StartAsync(new WorldOptions(time, folder.Root), default));
    }

    public static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> SendPlainAsync(HttpMethod method, string path, HttpContent? body = null) =>
        _http.SendAsync(new HttpRequestMessage(method, path) { Content = body });

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        return await JsonAsync(answer.EnsureSuccessStatusCode());
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <returns>Status and reason of a refusal in YouTube's envelope.</returns>
    public static async Task<(int Status, string Reason)> RefusalAsync(HttpResponseMessage answer)
    {
        var error = (await JsonAsync(answer))["error"]!;
        return ((int)answer.StatusCode, (string)error["errors"]![0]!["reason"]!);
    }

    public static object Video(string title = "A clip", string privacy = "private") =>
        new
        {
            snippet = new
            {
                title,
                description = "Words",
                tags = new[] { "one", "two words" },
                categoryId = "20",
            },
            status = new { privacyStatus = privacy },
        };

    public Task<HttpResponseMessage> PostVideoAsync(object video, string path = UploadsPath) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(video));

    /// <returns>The address of a new session.</returns>
    public async Task<string> StartUploadAsync(string title = "A clip", string privacy = "private")
    {
        using var answer = await PostVideoAsync(Video(title, privacy));
        return answer.EnsureSuccessStatusCode().Headers.Location!.ToString();
    }

    public Task<HttpResponseMessage> PutAsync(string session, byte[] whole, int from, int count)
    {
        var body = new ByteArrayContent(whole, from, count);
        body.Headers.ContentRange = new ContentRangeHeaderValue(from, from + count - 1, whole.Length);
        return SendAsync(HttpMethod.Put, session, body);
    }

    public Task<HttpResponseMessage> AskAsync(string session, long total)
    {
        var body = new ByteArrayContent([]);
        body.Headers.ContentRange = new ContentRangeHeaderValue(total);
        return SendAsync(HttpMethod.Put, session, body);
    }

    /// <returns>The Range header of a 308; empty: nothing is held.</returns>
    public static string Held(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Range", out var values) ? values.Single() : "";

    /// <returns>The id of a new video.</returns>
    public async Task<string> UploadAsync(byte[]? bytes = null, string title = "A clip", string privacy = "private")
    {
        var whole = bytes ?? Bytes(1000);
        using var answer = await PutAsync(await StartUploadAsync(title, privacy), whole, 0, whole.Length);
        return (string)(await JsonAsync(answer.EnsureSuccessStatusCode()))["id"]!;
    }

    /// <summary>Waits until the world has come to a delay.</summary>
    public async Task SomethingWaitsAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (Time.WaitingTimers == 0)
        {
            Assert.That(deadline.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "nothing waits");
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await World.DisposeAsync();
        _folder.Dispose();
    }
}
