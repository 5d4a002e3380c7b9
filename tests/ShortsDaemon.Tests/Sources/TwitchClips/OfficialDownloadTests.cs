using System.Globalization;
using System.Net;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Tests.Providers;

namespace ShortsDaemon.Tests.Sources.TwitchClips;

internal sealed class OfficialDownloadTests
{
    private static readonly string Content = string.Concat(Enumerable.Range(0, 5000).Select(i => $"frame {i};"));

    private DownloadWorld _world = null!;
    private RawServer? _server;

    [SetUp]
    public void MakeWorld() => _world = new DownloadWorld();

    [TearDown]
    public void CleanUp()
    {
        _server?.Dispose();
        _world.Dispose();
    }

    [Test]
    public async Task The_clip_arrives()
    {
        Serve((_, head) => Answer(head));
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
        Assert.That(Directory.EnumerateFiles(_world.Scratch), Is.Empty);
    }

    [Test]
    public async Task A_cut_is_mended_from_where_it_happened()
    {
        Serve((n, head) => n <= 3 ? Answer(head)[..^(10_000 * (4 - n))] : Answer(head));
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
        Assert.That(
            _server!.Requests.Select(From),
            Is.EqualTo(new[] { 0, Content.Length - 30_000, Content.Length - 20_000, Content.Length - 10_000 })
        );
    }

    [Test]
    public async Task A_server_without_ranges_begins_anew()
    {
        Serve((n, _) => n == 1 ? Whole()[..^1000] : Whole());
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
    }

    [Test]
    public void A_connection_that_is_cut_for_ever_is_given_up()
    {
        Serve((_, head) => Answer(head, end: From(head) + 10)[..^5]);
        Assert.ThrowsAsync<ProviderDownException>(() => FetchAsync());
        Assert.That(_server!.Requests, Has.Count.EqualTo(11));
    }

    [Test]
    public async Task A_later_try_goes_on_when_the_file_is_the_same()
    {
        _world.Pace = new DownloadPace(TimeSpan.FromMilliseconds(300), 10_000_000);
        var stall = true;
        Serve((_, head) => stall ? Answer(head)[..^10_000] : Answer(head), holds: () => stall);
        Assert.ThrowsAsync<ProviderDownException>(() => FetchAsync());
        stall = false;
        _world.Pace = DownloadPace.Default;
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
        var last = _server!.Requests.Last();
        Assert.That(last, Does.Contain("If-Range: \"v1\""));
        Assert.That(From(last), Is.EqualTo(Content.Length - 10_000));
    }

    [TestCase("ETag: \"v2\"\r\n")]
    [TestCase("")]
    public async Task A_later_try_begins_anew_when_the_file_may_be_another(string firstTag)
    {
        _world.Pace = new DownloadPace(TimeSpan.FromMilliseconds(300), 10_000_000);
        var stall = true;
        Serve(
            (_, head) =>
                stall ? Answer("", tag: firstTag).Replace("frame", "other", StringComparison.Ordinal)[..^10_000]
                : head.Contains("If-Range: \"v1\"", StringComparison.Ordinal) ? Answer(head)
                : Answer(""),
            holds: () => stall
        );
        Assert.ThrowsAsync<ProviderDownException>(() => FetchAsync());
        stall = false;
        _world.Pace = DownloadPace.Default;
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
        Assert.That(From(_server!.Requests.Last()) > 0, Is.EqualTo(firstTag.Length > 0), "it may ask, with its tag");
    }

    [Test]
    public async Task An_address_that_has_expired_is_asked_for_again_once()
    {
        Serve((n, head) => n == 1 ? RawServer.Text(403, "") : Answer(head));
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
        Assert.That(_world.Asked, Is.EqualTo(2));
    }

    [TestCase(403)]
    [TestCase(404)]
    public async Task When_it_never_works_the_other_way_is_taken(int status)
    {
        _world.Play("new");
        Serve((_, _) => RawServer.Text(status, ""));
        Assert.That(await FetchAsync(), Is.EqualTo("a clip"));
        Assert.That(_world.Asked, Is.EqualTo(2));
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(422)]
    public async Task Without_another_way_it_is_this_clips_failure_and_stops_no_other(int status)
    {
        _world.YtDlpPath = "/nowhere/yt-dlp";
        var works = false;
        Serve((_, head) => works ? Answer(head) : RawServer.Text(status, ""));
        for (var i = 0; i < 6; i++)
            AssertCounts(Assert.ThrowsAsync<ClipFileException>(() => FetchAsync())!);
        works = true;
        Assert.That(await FetchAsync(), Is.EqualTo(Content));
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    public async Task A_clip_that_Twitch_does_not_give_is_brought_the_other_way_or_counts(int status)
    {
        Refuse((HttpStatusCode)status);
        _world.YtDlpPath = "/nowhere/yt-dlp";
        AssertCounts(Assert.ThrowsAsync<ClipFileException>(() => FetchAsync())!);
        _world.Play("new");
        Assert.That(await FetchAsync(), Is.EqualTo("a clip"));
    }

    [Test]
    public void Trouble_of_Twitchs_own_waits()
    {
        Refuse(HttpStatusCode.BadGateway);
        _world.Play("new");
        Assert.ThrowsAsync<HelixException>(() => FetchAsync());
    }

    [TestCase("text/html", "frame")]
    [TestCase("video/mp4", "<html>")]
    public async Task When_a_page_comes_the_other_way_is_taken(string type, string body)
    {
        _world.Play("new");
        Serve((_, _) => RawServer.Text(200, body, $"Content-Type: {type}"));
        Assert.That(await FetchAsync(), Is.EqualTo("a clip"));
    }

    [Test]
    public async Task Without_an_address_the_other_way_is_taken()
    {
        _world.Play("new");
        Assert.That(await _world.FetchAsync(DownloadWorld.WithAccount), Is.EqualTo("a clip"));
    }

    [Test]
    public async Task A_revoked_login_leaves_the_other_way_if_there_is_one()
    {
        _world.Addresses.Clear();
        _world.Addresses.Enqueue(() => throw new CredentialException("log in again"));
        _world.Play("new");
        Assert.That(await _world.FetchAsync(DownloadWorld.WithAccount), Is.EqualTo("a clip"));
        File.Delete(_world.Path);
        _world.YtDlpPath = "/nowhere/yt-dlp";
        Assert.ThrowsAsync<CredentialException>(() => _world.FetchAsync(DownloadWorld.WithAccount));
    }

    [Test]
    public void Five_gigabytes_are_refused_before_they_are_loaded()
    {
        Serve((_, _) => "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 5368709120\r\n\r\n");
        var e = Assert.ThrowsAsync<RefusedMediaException>(() => FetchAsync());
        Assert.That(e!.Message, Does.Contain("5120 MiB or more"));
        Assert.That(Directory.Exists(_world.Scratch), Is.False);
    }

    [Test]
    public void A_size_that_was_not_announced_is_refused_on_the_way()
    {
        _world.MaxClipMiB = 0.01;
        Serve((_, _) => $"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n\r\n{Content}");
        Assert.ThrowsAsync<RefusedMediaException>(() => FetchAsync());
    }

    [TestCase("text/html", "frame")]
    [TestCase("application/json", "frame")]
    [TestCase("video/mp4", "<html>")]
    public void A_page_in_its_place_is_no_clip(string type, string body)
    {
        Serve((_, _) => RawServer.Text(200, body, $"Content-Type: {type}"));
        _world.YtDlpPath = "/nowhere/yt-dlp";
        var e = Assert.ThrowsAsync<ClipFileException>(() => FetchAsync());
        Assert.That(e!.Message, Does.Contain("instead of a video"));
        Assert.That(File.Exists(_world.Path), Is.False);
    }

    [Test]
    public void Ten_bytes_per_second_are_too_few()
    {
        _world.Pace = new DownloadPace(TimeSpan.FromMilliseconds(400), 1000);
        using var slow = new DrippingServer();
        _world.Addresses.Enqueue(() => slow.Address);
        _world.Addresses.Dequeue();
        var e = Assert.ThrowsAsync<ProviderDownException>(() => _world.FetchAsync(DownloadWorld.WithAccount));
        Assert.That(e!.Message, Is.EqualTo("the clip's file comes too slowly: fewer than 1 KiB arrived in 0.4 s"));
    }

    [Test]
    public void Slow_but_steady_may_go_on_for_many_windows_until_the_limit_of_the_whole()
    {
        (_world.Pace, _world.DownloadSeconds) = (new DownloadPace(TimeSpan.FromMilliseconds(400), 2), 1.5);
        using var slow = new DrippingServer();
        _world.Addresses.Enqueue(() => slow.Address);
        _world.Addresses.Dequeue();
        var e = Assert.ThrowsAsync<ProviderDownException>(() => _world.FetchAsync(DownloadWorld.WithAccount));
        Assert.That(e!.Message, Does.Contain("within 1.5 s (Twitch:DownloadSeconds)"));
    }

    [Test]
    public void The_whole_download_has_a_limit()
    {
        _world.DownloadSeconds = 0.3;
        Serve((_, _) => null);
        var e = Assert.ThrowsAsync<ProviderDownException>(() => FetchAsync());
        Assert.That(e!.Message, Does.Contain("within 0.3 s (Twitch:DownloadSeconds)"));
    }

    [Test]
    public async Task A_stop_stops_it()
    {
        using var stop = new CancellationTokenSource();
        Serve((_, _) => null);
        var fetch = _world.FetchAsync(DownloadWorld.WithAccount, stop.Token);
        for (var i = 0; i < 1000 && _server!.Requests.IsEmpty; i++)
            await Task.Delay(5);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => fetch);
    }

    [TestCase(500)]
    [TestCase(429)]
    public void Any_other_answer_waits(int status)
    {
        Serve((_, _) => RawServer.Text(status, ""));
        var e = Assert.ThrowsAsync<UnavailableException>(() => FetchAsync());
        Assert.That(e!.Message, Does.EndWith($"the answer was {status}").And.Not.Contain("secret"));
    }

    private static void AssertCounts(Exception e) => Assert.That(Faults.Of(e), Is.EqualTo(Fault.Transient));

    private void Refuse(HttpStatusCode status)
    {
        _world.Addresses.Enqueue(() => throw new HelixException(status, $"the answer was {(int)status}"));
        _world.Addresses.Dequeue();
    }

    private Task<string> FetchAsync() => _world.FetchAsync(DownloadWorld.WithAccount);

    private void Serve(Func<int, string, string?> answer, Func<bool>? holds = null)
    {
        _server = new RawServer(answer) { HoldsOpen = holds ?? (() => false) };
        _world.Addresses.Enqueue(() => new Uri(_server.Address, "a.mp4?sig=secret"));
        _world.Addresses.Dequeue();
    }

    private static string Whole() => Answer("", tag: "");

    private static string Answer(string head, int? end = null, string tag = "ETag: \"v1\"\r\n")
    {
        var from = From(head);
        var body = Content[from..(end ?? Content.Length)];
        var range = from > 0 ? $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\n" : "";
        return $"HTTP/1.1 {(from > 0 ? 206 : 200)} X\r\nContent-Type: video/mp4\r\nConnection: close\r\n{tag}{range}"
            + $"Content-Length: {Content.Length - from}\r\n\r\n{body}";
    }

    private static int From(string head)
    {
        const string Range = "Range: bytes=";
        var at = head.IndexOf(Range, StringComparison.Ordinal);
        return at < 0 ? 0 : int.Parse(head[(at + Range.Length)..].Split('-')[0], CultureInfo.InvariantCulture);
    }
}
