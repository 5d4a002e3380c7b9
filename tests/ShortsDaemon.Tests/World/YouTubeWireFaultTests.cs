using System.Diagnostics;
using System.Globalization;
using System.Net;
using NUnit.Framework;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeWireFaultTests : YouTubeTestBase
{
    [Test]
    public async Task The_answer_to_the_last_chunk_is_lost_and_the_session_knows_the_video()
    {
        Sandbox.YouTube.LoseLastAnswers();
        var whole = Bytes(100);
        var session = await Sandbox.StartUploadAsync();
        Assert.ThrowsAsync<HttpRequestException>(() => Sandbox.PutAsync(session, whole, 0, 100));
        using var asked = await Sandbox.AskAsync(session, 100);
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)(await JsonAsync(asked))["id"], Is.EqualTo(Sandbox.YouTube.Uploads.Single().VideoId));
    }

    [Test]
    public async Task A_connection_cut_in_mid_chunk_leaves_whole_steps()
    {
        Sandbox.YouTube.CutNextChunks(afterBytes: Step * 2 + 1000);
        var whole = Bytes(Step * 4);
        var session = await Sandbox.StartUploadAsync();
        Assert.ThrowsAsync<HttpRequestException>(() => Sandbox.PutAsync(session, whole, 0, whole.Length));
        using var asked = await Sandbox.AskAsync(session, whole.Length);
        Assert.That(((int)asked.StatusCode, Held(asked)), Is.EqualTo((308, $"bytes=0-{Step * 2 - 1}")));
        (await Sandbox.PutAsync(session, whole, Step * 2, Step * 2)).Dispose();
        Assert.That(Sandbox.YouTube.Uploads.Single().Sha256, Is.EqualTo(Hash(whole)));
    }

    [Test]
    public async Task A_client_that_goes_away_leaves_whole_steps()
    {
        var whole = Bytes(Step * 8);
        var session = await Sandbox.StartUploadAsync();
        Assert.CatchAsync(() => PutHalfAndLeaveAsync(session, whole));
        using var asked = await AskAfterAllAsync(session, whole.Length);
        Assert.That((int)asked.StatusCode, Is.EqualTo(308));
        var held = Held(asked) is { Length: > 0 } range
            ? int.Parse(range["bytes=0-".Length..], CultureInfo.InvariantCulture) + 1
            : 0;
        Assert.That((held % Step, held < whole.Length), Is.EqualTo((0, true)));
        (await Sandbox.PutAsync(session, whole, held, whole.Length - held)).Dispose();
        Assert.That(Sandbox.YouTube.Uploads.Single().Sha256, Is.EqualTo(Hash(whole)));
    }

    [Test]
    public async Task A_slow_server_is_pushed_out_by_the_next_request_and_stores_nothing_more()
    {
        Sandbox.YouTube.Rules.BytesPerSecond = 10;
        var whole = Bytes(Step);
        var session = await Sandbox.StartUploadAsync();
        var slow = Sandbox.PutAsync(session, whole, 0, Step);
        await Sandbox.SomethingWaitsAsync();
        using var asked = await Sandbox.AskAsync(session, Step);
        Assert.That(((int)asked.StatusCode, Held(asked)), Is.EqualTo((308, "")));
        Assert.CatchAsync<HttpRequestException>(() => slow);
        Assert.That(Sandbox.YouTube.Uploads, Is.Empty);
    }

    [Test]
    public async Task A_slow_server_takes_its_time_by_the_worlds_clock()
    {
        Sandbox.YouTube.Rules.BytesPerSecond = 10;
        var upload = Sandbox.UploadAsync(Bytes(20));
        for (var i = 0; i < 20; i++)
        {
            await Sandbox.SomethingWaitsAsync();
            Assert.That(upload.IsCompleted, Is.False);
            Sandbox.Time.Advance(TimeSpan.FromSeconds(0.1));
        }
        await upload;
    }

    [Test]
    public async Task A_fault_rule_can_lose_the_last_answer_and_tell_a_chunk_from_a_question()
    {
        Sandbox.World.Faults.Add("youtube.upload.chunk", "lose");
        Sandbox.World.Faults.Add("youtube.upload.ask", "status 503");
        var session = await Sandbox.StartUploadAsync();
        Assert.ThrowsAsync<HttpRequestException>(() => Sandbox.PutAsync(session, Bytes(100), 0, 100));
        using var first = await Sandbox.AskAsync(session, 100);
        using var second = await Sandbox.AskAsync(session, 100);
        Assert.That(((int)first.StatusCode, (int)second.StatusCode), Is.EqualTo((503, 200)));
        Assert.That(Sandbox.YouTube.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_stalls_keeps_nobody_from_asking()
    {
        Sandbox.World.Faults.Add("youtube.upload.chunk", "stall");
        var session = await Sandbox.StartUploadAsync();
        var stalled = Sandbox.PutAsync(session, Bytes(100), 0, 100);
        var deadline = Stopwatch.StartNew();
        while (Sandbox.YouTube.Uploads.Count == 0 && deadline.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Delay(1);
        using var asked = await Sandbox.AskAsync(session, 100).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That((int)asked.StatusCode, Is.EqualTo(200));
        Assert.That(stalled.IsCompleted, Is.False);
    }

    [Test]
    public void A_stalled_answer_without_a_body_does_not_come()
    {
        Sandbox.World.Faults.Add("youtube.upload.start", "stall");
        var start = Sandbox.StartUploadAsync();
        Assert.ThrowsAsync<TimeoutException>(() => start.WaitAsync(TimeSpan.FromMilliseconds(400)));
        Assert.That(Sandbox.World.Calls.Of("youtube.upload.start"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_control_endpoint_shows_uploads_and_quota()
    {
        var whole = Bytes(10);
        await Sandbox.UploadAsync(whole);
        var uploads = await Sandbox.GetAsync("world/youtube/uploads");
        var days = await Sandbox.GetAsync("world/youtube/quota");
        Assert.That((string?)uploads[0]!["sha256"], Is.EqualTo(Hash(whole)));
        Assert.That((int?)days[0]!["uploads"], Is.EqualTo(1));
    }

    // The half may reach the server after the question, and then pushes that out.
    private async Task<HttpResponseMessage> AskAfterAllAsync(string session, int length)
    {
        try
        {
            return await Sandbox.AskAsync(session, length);
        }
        catch (HttpRequestException)
        {
            return await Sandbox.AskAsync(session, length);
        }
    }

    private async Task PutHalfAndLeaveAsync(string session, byte[] whole)
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Put, session, new HalfContent(whole));
    }

    /// <summary>Promises the whole and breaks off in the middle.</summary>
    private sealed class HalfContent : HttpContent
    {
        private readonly byte[] _whole;

        public HalfContent(byte[] whole)
        {
            _whole = whole;
            Headers.ContentRange = new(0, whole.Length - 1, whole.Length);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_whole.AsMemory(0, _whole.Length / 2));
            throw new IOException("the client goes away");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _whole.Length;
            return true;
        }
    }
}
