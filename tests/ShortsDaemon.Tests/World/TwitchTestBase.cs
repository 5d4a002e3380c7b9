using System.Net.Http.Headers;
using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.World;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.World;

/// <summary>A world of its own for each test, on a clock that stands still, and a client that speaks to it.</summary>
internal abstract class TwitchTestBase
{
    private TestFolder _folder = null!;

    protected FakeTimeProvider Clock { get; private set; } = null!;
    protected WorldServer World { get; private set; } = null!;
    protected HttpClient Http { get; private set; } = null!;
    protected TwitchWorld Twitch => World.Twitch;
    protected DateTimeOffset Now => Clock.GetUtcNow();

    [SetUp]
    public async Task StartAsync()
    {
        (_folder, Clock) = (new(), new());
        World = await WorldServer.StartAsync(new(Clock, _folder["media"]), CancellationToken.None);
        Http = new() { BaseAddress = World.Address };
    }

    [TearDown]
    public async Task StopAsync()
    {
        Http.Dispose();
        await World.DisposeAsync();
        _folder.Dispose();
    }

    /// <returns>The answer's status and body.</returns>
    protected async Task<Answer> PostAsync(string path, params (string Key, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Key, f.Value)));
        using var answer = await Http.PostAsync(path, content);
        return await Answer.OfAsync(answer);
    }

    protected async Task<Answer> GetAsync(
        string path,
        string? authorization = null,
        string? clientId = TwitchWorld.ClientId
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        if (clientId is not null)
            request.Headers.Add("Client-Id", clientId);
        using var answer = await Http.SendAsync(request);
        return await Answer.OfAsync(answer);
    }

    protected async Task<string> AppTokenAsync()
    {
        var answer = await PostAsync("oauth2/token", [.. Application, ("grant_type", "client_credentials")]);
        return answer.Json.GetProperty("access_token").GetString()!;
    }

    protected static (string, string)[] Application =>
        [("client_id", TwitchWorld.ClientId), ("client_secret", TwitchWorld.ClientSecret)];
}

/// <summary>Status, headers and body of an answer.</summary>
internal sealed record Answer(int Status, string Body, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>What a Helix answer holds.</summary>
    public List<JsonElement> Data => [.. Json.GetProperty("data").EnumerateArray()];

    public List<string> Ids => Data.ConvertAll(item => item.GetProperty("id").GetString()!);

    public string Message => Json.GetProperty("message").GetString()!;

    public string? Cursor =>
        Json.GetProperty("pagination").TryGetProperty("cursor", out var cursor) ? cursor.GetString() : null;

    public long Header(string name) =>
        long.Parse(Headers.GetValues(name).Single(), System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<Answer> OfAsync(HttpResponseMessage answer) =>
        new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
}
