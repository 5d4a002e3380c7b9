using System.Diagnostics;
using NUnit.Framework;
using ShortsDaemon.World.Faults;
using ShortsDaemon.World.Twitch;

namespace ShortsDaemon.Tests.World;

internal sealed class FaultsTests : TwitchTestBase
{
    private const string Validate = "oauth2/validate"; // answers 401 with JSON when all is well

    [Test]
    public async Task A_rule_meets_the_calls_it_names_and_no_others()
    {
        World.Faults.Add("twitch.validate", "status 503", from: 2, times: 2);
        World.Faults.Add(
            new FaultRule("twitch.token", "status 500")
            {
                From = 2,
                Every = 3,
                Times = FaultRule.Always,
            }
        );

        var (validates, tokens) = (new List<int>(), new List<int>());
        for (var i = 0; i < 8; i++)
        {
            validates.Add((await GetAsync(Validate)).Status);
            tokens.Add((await PostAsync("oauth2/token")).Status);
        }

        Assert.That(validates, Is.EqualTo(new[] { 401, 503, 503, 401, 401, 401, 401, 401 }));
        Assert.That(tokens, Is.EqualTo(new[] { 400, 500, 400, 400, 500, 400, 400, 500 }));
        Assert.That(World.Faults.Rules.Select(rule => rule.Met), Is.EqualTo(new[] { 2, 3 }));
        Assert.That(World.Calls.Of("twitch.validate")[1].Fault, Is.EqualTo("status 503"));
        Assert.That(World.Calls.Of("twitch.validate")[1].Status, Is.EqualTo(503));
    }

    [Test]
    public async Task A_rule_may_mean_all_calls_of_an_area_or_those_with_a_word_in_their_target()
    {
        World.Faults.Add(new FaultRule("twitch.*", "status 502") { Where = "broken=1", Times = FaultRule.Always });

        var good = await GetAsync(Validate);
        var bad = await GetAsync(Validate + "?broken=1");
        World.Faults.Clear();
        var again = await GetAsync(Validate + "?broken=1");

        Assert.That((good.Status, bad.Status, again.Status), Is.EqualTo((401, 502, 401)));
    }

    [Test]
    public async Task A_status_comes_with_its_headers_and_body()
    {
        World.Faults.Add(
            new FaultRule("twitch.validate", "status 429")
            {
                Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
                Body = """{"message":"slow down"}""",
            }
        );

        var answer = await GetAsync(Validate);

        Assert.That((answer.Status, answer.Message), Is.EqualTo((429, "slow down")));
        Assert.That(answer.Header("Retry-After"), Is.EqualTo(7));
    }

    [Test]
    public async Task A_page_of_html_comes_in_place_of_json()
    {
        World.Faults.Add("twitch.validate", "html 502");

        using var answer = await Http.GetAsync(Validate);

        Assert.That((int)answer.StatusCode, Is.EqualTo(502));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.StartWith("<!DOCTYPE html>"));
    }

    [Test]
    public async Task A_truncated_answer_is_whole_http_but_half_json()
    {
        var whole = (await GetAsync(Validate)).Body;
        World.Faults.Add("twitch.validate", "truncate");

        var half = await GetAsync(Validate);

        Assert.That(half.Status, Is.EqualTo(401));
        Assert.That(half.Body, Is.EqualTo(whole[..(whole.Length / 2)]));
    }

    [Test]
    public void A_reset_leaves_the_work_undone()
    {
        var refresh = AddUser().Refresh;
        World.Faults.Add("twitch.token", "reset");

        Assert.That(() => RefreshAsync(refresh), Throws.InstanceOf<HttpRequestException>());
        Assert.That(() => RefreshAsync(refresh), Has.Property(nameof(Answer.Status)).EqualTo(200));
    }

    [Test]
    public void A_lost_answer_leaves_the_work_done()
    {
        var refresh = AddUser().Refresh;
        World.Faults.Add("twitch.token", "lose");

        Assert.That(() => RefreshAsync(refresh), Throws.InstanceOf<HttpRequestException>());
        Assert.That(() => RefreshAsync(refresh), Has.Property(nameof(Answer.Status)).EqualTo(400));
    }

    [Test]
    public async Task A_cut_answer_ends_after_so_many_bytes()
    {
        var clip = AddFile(5000);
        World.Faults.Add("twitch.page", "cut 3000");

        using var answer = await Http.GetAsync(clip, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var came = new byte[3000];
        await body.ReadExactlyAsync(came);

        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(5000));
        Assert.That(() => body.ReadAsync(came).AsTask(), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void A_cut_request_is_reset_in_the_middle()
    {
        var refresh = AddUser().Refresh;
        World.Faults.Add("twitch.token", "cut-request 40");

        Assert.That(() => RefreshAsync(refresh), Throws.InstanceOf<HttpRequestException>());
        Assert.That(() => RefreshAsync(refresh), Has.Property(nameof(Answer.Status)).EqualTo(200));
    }

    [Test]
    public async Task A_slow_answer_crawls()
    {
        var clip = AddFile(300);
        World.Faults.Add("twitch.page", "slow 250");
        var started = Stopwatch.GetTimestamp();

        var body = await Http.GetByteArrayAsync(clip);

        Assert.That(body, Has.Length.EqualTo(300));
        Assert.That(Stopwatch.GetElapsedTime(started).TotalSeconds, Is.GreaterThan(1.0));
    }

    [Test]
    public async Task A_stalled_answer_stops_and_holds_the_line()
    {
        var clip = AddFile(5000);
        World.Faults.Add("twitch.page", "stall 1000");

        using var answer = await Http.GetAsync(clip, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var came = new byte[1000];
        await body.ReadExactlyAsync(came);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));

        Assert.That(
            () => body.ReadAsync(came, patience.Token).AsTask(),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task A_world_with_a_stalled_call_is_disposed_at_once()
    {
        World.Faults.Add("twitch.validate", "stall");
        var call = Http.GetAsync(Validate);
        Assert.That(() => World.Calls.All.Count > 0, Is.True.After(10_000, 20), "the call never came");
        var started = Stopwatch.GetTimestamp();

        await World.DisposeAsync();

        Assert.That(() => call, Throws.InstanceOf<HttpRequestException>());
        Assert.That(Stopwatch.GetElapsedTime(started).TotalSeconds, Is.LessThan(15));
    }

    [Test]
    public async Task A_delayed_answer_comes_later()
    {
        World.Faults.Add("twitch.validate", "delay 0.4");
        var started = Stopwatch.GetTimestamp();

        var answer = await GetAsync(Validate);

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(Stopwatch.GetElapsedTime(started).TotalSeconds, Is.GreaterThan(0.35));
    }

    [Test]
    public async Task A_redirect_leads_back_to_itself()
    {
        World.Faults.Add("twitch.validate", "redirect", times: FaultRule.Always);

        var answer = await GetAsync(Validate + "?a=b");

        Assert.That(answer.Status, Is.EqualTo(302), "HttpClient gave up");
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/oauth2/validate?a=b"));
        Assert.That(World.Calls.Of("twitch.validate"), Has.Count.EqualTo(51));
    }

    [TestCase("twitch.clps", "reset", "there is no call 'twitch.clps'")]
    [TestCase("twitch.clips", "stauts 503", "'stauts 503' is nothing that can happen")]
    [TestCase("twitch.clips", "status 42", "'status 42' is nothing that can happen")]
    [TestCase("twitch.clips", "cut 0", "'cut 0' is nothing that can happen")]
    public void A_rule_without_sense_is_refused(string call, string action, string why) =>
        Assert.That(
            () => World.Faults.Add(call, action),
            Throws.TypeOf<FaultScriptException>().With.Message.Contains(why)
        );

    private UserTokens AddUser()
    {
        Twitch.AddBroadcaster("streamer");
        return Twitch.GrantUserToken("streamer");
    }

    private string AddFile(long bytes)
    {
        Twitch.AddBroadcaster("streamer");
        return $"clips/{Twitch.AddClip("streamer", new NewClip("a", Now) { SizeBytes = bytes })}.mp4";
    }

    private Task<Answer> RefreshAsync(string token) =>
        PostAsync("oauth2/token", [.. Application, ("grant_type", "refresh_token"), ("refresh_token", token)]);
}
