using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.Faults;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>What a network and a platform can do to an upload. Whatever it is: one video in the end, and no door shut for it.</summary>
internal sealed class FaultTests
{
    [Test]
    public async Task A_fault_that_passes_costs_no_second_video(
        [Values("youtube.upload.start", "youtube.upload.chunk", "youtube.upload.ask", "youtube.videos")] string call,
        [Values("status 500", "html", "truncate", "reset", "lose", "redirect")] string fault
    )
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Faults.Add(call, fault, times: 3);
        var item = await stage.ItemAsync();

        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Faults.Rules.Single().Met, Is.GreaterThan(0));
    }

    [TestCase("status 503")]
    [TestCase("html")]
    [TestCase("truncate")]
    [TestCase("reset")]
    [TestCase("redirect")]
    public async Task A_token_address_in_trouble_loses_no_login(string fault)
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Google.ExpireAccessTokens("owner");
        stage.World.Faults.Add("google.token", fault, times: 3);
        var item = await stage.ItemAsync();

        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Faults.Rules.Single().Met, Is.EqualTo(3));
    }

    [Test]
    public async Task A_storm_of_server_errors_is_weathered()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        string[] storm = ["status 500", "status 502", "status 503"];
        foreach (var (i, fault) in storm.Index())
            stage.World.Faults.Add(
                new FaultRule("youtube.*", fault)
                {
                    From = 1 + i,
                    Every = 4,
                    Times = 20,
                }
            );
        var item = await stage.ItemAsync();

        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Faults.Rules.Sum(r => r.Met), Is.GreaterThan(10));
    }

    [TestCase("7", 0, 60)]
    [TestCase("700", 700, 700)]
    [TestCase(null, 0, 60)]
    public async Task Too_many_requests_wait_as_long_as_is_asked(string? retryAfter, int least, int most)
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Faults.Add(
            new FaultRule("youtube.upload.start", "status 429")
            {
                Headers = retryAfter is null
                    ? new Dictionary<string, string>()
                    : new Dictionary<string, string> { ["Retry-After"] = retryAfter },
                Body =
                    """{"error":{"code":429,"message":"Slow down.","errors":[{"reason":"rateLimitExceeded","domain":"global"}]}}""",
            }
        );
        var item = await stage.ItemAsync();

        var now = await stage.RunAsync(item);

        var pause = now.NotBefore - stage.Clock.GetUtcNow();
        Assert.That(pause, Is.InRange(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)), now.Reason);
        Assert.That(pause, Is.GreaterThan(TimeSpan.Zero));
        await RequireOneAsync(stage, item);
    }

    [TestCase("https", "127.0.0.1")]
    [TestCase("http", "youtube.invalid")]
    public async Task Without_a_secure_connection_or_a_known_name_it_waits(string scheme, string host)
    {
        var wire = new Wire();
        await using var stage = await YouTubeStage.OpenAsync(wire: wire);
        var item = await stage.ItemAsync();
        wire.Before = (request, _) =>
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = scheme, Host = host }.Uri;
            return Task.CompletedTask;
        };

        var now = await stage.RunAsync(item);

        Assert.That((now.State, now.Waits), Is.EqualTo((ItemState.Publish, 1)), now.Reason);
        Assert.That(now.Reason, Does.StartWith("YouTube: ").And.Not.Contain("Bearer"));
        Assert.That(stage.World.Calls.All, Is.Empty);
        wire.Before = null;
        await RequireOneAsync(stage, item);
    }

    [Test]
    public async Task Ten_bytes_per_second_are_as_good_as_none()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        stage.World.Faults.Add("youtube.upload.chunk", "slow 10", from: 2);
        var item = await stage.ItemAsync();

        var run = stage.RunAsync(item);
        while (!run.IsCompleted && stage.World.Faults.Rules.Single().Met == 0)
            await Task.Delay(5);
        for (var i = 0; i < 10 && !run.IsCompleted; i++)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(121));
            await Task.WhenAny(run, Task.Delay(200));
        }

        Assert.That(run.IsCompleted, Is.True, "it goes on for ever");
        Assert.That((await run).Reason, Is.EqualTo("The upload to YouTube stood still for 120 s"));
        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of("youtube.upload.start"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_Short_that_changed_after_the_gate_is_made_anew_and_that_one_ships_once()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var item = await stage.ItemAsync();
        var video = stage.Flow.Data.Of(item.Id).Video;
        var bytes = await File.ReadAllBytesAsync(video);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(video, bytes);

        var now = await stage.RunAsync(item);

        Assert.That((now.State, stage.YouTube.Uploads.Count), Is.EqualTo((ItemState.Render, 0)), now.Reason);
        var made = await stage.MakeAsync(item, 600_000);
        await stage.MoveAsync(item, ItemState.Publish);
        await RequireOneAsync(stage, item);
        Assert.That(stage.YouTube.Uploads.Single().Sha256, Is.EqualTo(made.Sha256));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task A_clock_an_hour_off_uploads_once_whatever_is_lost(int ahead)
    {
        await using var stage = await YouTubeStage.OpenAsync(ahead: TimeSpan.FromHours(ahead));
        stage.YouTube.Rules.ListLag = TimeSpan.FromMinutes(20);
        stage.YouTube.LoseLastAnswers();
        stage.World.Faults.Add("youtube.upload.ask", "status 404", from: 2, times: 50);
        var item = await stage.ItemAsync();

        await RequireOneAsync(stage, item);
        Assert.That(stage.World.Calls.Of("youtube.upload.start"), Has.Count.EqualTo(1));

        // Long enough for every access token, counted by either clock.
        stage.Clock.Advance(TimeSpan.FromMinutes(59));
        await RequireOneAsync(stage, await stage.ItemAsync());
        stage.Clock.Advance(TimeSpan.FromMinutes(59));
        await RequireOneAsync(stage, await stage.ItemAsync());
    }

    private static async Task RequireOneAsync(YouTubeStage stage, Item item)
    {
        var end = await stage.SettleAsync(item);
        Assert.That(end.State, Is.EqualTo(ItemState.Published), end.Reason);
        var promise = await stage.PromiseAsync(item);
        var ours = stage.YouTube.Uploads.Where(v => v.Tags.Contains(promise.Marker)).ToList();
        Assert.That(ours.Select(v => v.Sha256), Is.EqualTo(new[] { promise.Sha256 }));
        Assert.That(promise.RemoteId, Is.EqualTo(ours[0].VideoId));
        Assert.That(await stage.AllAsync<Hold>(), Is.Empty);
    }
}
