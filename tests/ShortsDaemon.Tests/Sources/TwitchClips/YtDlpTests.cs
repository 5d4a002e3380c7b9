using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

namespace ShortsDaemon.Tests.Sources.TwitchClips;

internal sealed class YtDlpTests
{
    private DownloadWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new DownloadWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [TestCase("old")]
    [TestCase("new")]
    public async Task The_clip_arrives(string version)
    {
        _world.Play(version);
        Assert.That(await _world.FetchAsync(DownloadWorld.WithoutAccount), Is.EqualTo("a clip"));
        Assert.That(_world.Asked, Is.Zero);
    }

    [Test]
    public async Task It_is_called_as_the_reference_says()
    {
        _world.Play("old");
        await _world.FetchAsync(source: null);
        string[] expected =
        [
            .. (
                "--ignore-config --no-update --no-playlist -q --no-warnings --progress --newline --progress-template|"
                + "download:PROG %(progress)j|--no-simulate --print|after_move:DONE %(filepath)j|--socket-timeout 20 --retries 10 "
                + "--fragment-retries 10 --abort-on-unavailable-fragments -N 4 -f b[height<=1080]/b"
            )
                .Split('|')
                .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ')),
            "-P",
            _world.Scratch,
            "-o",
            "%(id)s.%(ext)s",
            "--",
            "https://clips.twitch.tv/BraveOtter-_",
        ];
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(_world.Scratch, "arguments")), Is.EqualTo(expected));
    }

    [TestCase("unfinished", "has not said that the file is there")]
    [TestCase("outside", "outside of the folder")]
    [TestCase("empty", "it is empty")]
    public void Its_good_exit_code_alone_is_not_believed(string role, string words)
    {
        _world.Play(role);
        var e = Assert.ThrowsAsync<ProcessFailedException>(FetchAsync);
        Assert.That(e!.Message, Does.Contain(words));
        Assert.That(File.Exists(_world.Path), Is.False);
    }

    [TestCase("huge")]
    [TestCase("endless")]
    public void Far_too_large_is_refused_and_stopped(string role)
    {
        _world.Play(role);
        var e = Assert.ThrowsAsync<RefusedMediaException>(FetchAsync);
        Assert.That(e!.Message, Does.Contain("5120 MiB").And.Contain("Twitch:MaxClipMiB"));
        AssertNothingRuns();
        Assert.That(Directory.Exists(_world.Scratch), Is.False);
    }

    [TestCase("hang")]
    [TestCase("drip")]
    public void One_that_stands_still_is_stopped(string role)
    {
        _world.Pace = new DownloadPace(TimeSpan.FromSeconds(1), 1000);
        _world.Play(role);
        var e = Assert.ThrowsAsync<ProviderDownException>(FetchAsync);
        Assert.That(e!.Message, Does.Contain("made no progress for 1 s"));
        AssertNothingRuns();
    }

    [Test]
    public async Task A_stop_takes_its_children_along()
    {
        _world.Play("child");
        using var stop = new CancellationTokenSource();
        var fetch = _world.FetchAsync(DownloadWorld.WithoutAccount, stop.Token);
        var file = Path.Combine(_world.Scratch, "child");
        for (var i = 0; i < 1000 && !(File.Exists(file) && File.ReadAllText(file).Length > 0); i++)
            await Task.Delay(10);
        var child = int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => fetch);
        // Killed, it still has to be taken off the list.
        Assert.That(() => ProcessStat.Read(child) is null or { State: 'Z' or 'X' }, Is.True.After(5000, 20));
        AssertNothingRuns();
    }

    [Test]
    public async Task What_has_arrived_is_kept_for_the_next_try()
    {
        _world.Play("resume");
        var e = Assert.ThrowsAsync<ProviderDownException>(FetchAsync);
        Assert.That(e!.Message, Does.Contain("The read operation timed out"));
        Assert.That(await _world.FetchAsync(DownloadWorld.WithoutAccount), Is.EqualTo("a clip"));
    }

    [Test]
    public void A_clip_that_is_gone_is_told_so()
    {
        Complain(1, "ERROR: [twitch:clips] BraveOtter: This clip is no longer available");
        var e = Assert.ThrowsAsync<FileNotFoundException>(FetchAsync);
        Assert.That(e!.Message, Does.StartWith("the clip is gone"));
    }

    [Test]
    public void A_clip_for_others_is_refused()
    {
        Complain(1, "ERROR: [twitch:vod] 1: This video is only available to subscribers");
        Assert.ThrowsAsync<RefusedMediaException>(FetchAsync);
    }

    [Test]
    public void A_full_disk_waits()
    {
        Complain(1, "ERROR: unable to open for writing: [Errno 28] No space left on device");
        Assert.ThrowsAsync<DiskFullException>(FetchAsync);
    }

    [TestCase(1, "ERROR: fragment 21 not found, unable to continue")]
    [TestCase(101, "")]
    [TestCase(1, "")]
    public void What_is_not_known_counts_as_a_failure(int code, string line)
    {
        Complain(code, line);
        var e = Assert.ThrowsAsync<ProcessFailedException>(FetchAsync);
        Assert.That(e!.Message, Does.Contain($"exit code {code}"));
        Assert.That(Directory.Exists(_world.Scratch), Is.False, "the next try begins anew");
    }

    [TestCase(1, "ERROR: [twitch:clips] X: PersistedQueryNotFound; please report this issue on https://github.com/x")]
    [TestCase(2, "yt-dlp: error: no such option: --progress-template")]
    public async Task One_that_is_outdated_makes_the_clip_wait_and_tells_the_owner_until_it_works(int code, string line)
    {
        Complain(code, line);
        var e = Assert.ThrowsAsync<ProviderDownException>(FetchAsync);
        Assert.That(e!.Message, Does.StartWith("yt-dlp is outdated: update it with `pipx upgrade yt-dlp`"));
        var alert = (await _world.AlertsAsync()).Single();
        Assert.That((alert.Rule, alert.ResolvedAt), Is.EqualTo(("ExtractorOutdated", (DateTimeOffset?)null)));
        _world.Play("new");
        await FetchAsync();
        Assert.That((await _world.AlertsAsync()).Single().ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task When_the_platform_is_down_it_is_not_started_again_and_again()
    {
        Complain(1, "ERROR: [generic] Unable to download webpage: HTTP Error 503: Service Unavailable");
        for (var i = 0; i < 5; i++)
            Assert.ThrowsAsync<ProviderDownException>(FetchAsync);
        Assert.ThrowsAsync<NotYetException>(FetchAsync);
        _world.Flow.Clock.Advance(TimeSpan.FromSeconds(30));
        _world.Play("new");
        await FetchAsync();
    }

    [Test]
    public async Task Failures_that_nobody_knows_stop_all_clips_when_nothing_else_happens_any_more()
    {
        Complain(1, "ERROR: [twitch:clips] X: something that no version has said before");
        for (var i = 0; i < 5; i++)
            Assert.ThrowsAsync<ProcessFailedException>(FetchAsync);
        Assert.ThrowsAsync<NotYetException>(FetchAsync);
        Assert.That((await _world.AlertsAsync()).Single().Message, Does.Contain("something that no version has said"));
        _world.Flow.Clock.Advance(TimeSpan.FromSeconds(30));
        _world.Play("new");
        await FetchAsync();
    }

    [TestCase("403: Forbidden")]
    [TestCase("404: Not Found")]
    [TestCase("416: Requested range not satisfiable")]
    public async Task A_file_that_the_platform_refuses_is_this_clips_failure_and_stops_no_other(string answer)
    {
        Complain(1, $"ERROR: unable to download video data: HTTP Error {answer}");
        for (var i = 0; i < 6; i++)
            Assert.That(Faults.Of(Assert.ThrowsAsync<ClipFileException>(FetchAsync)!), Is.EqualTo(Fault.Transient));
        Assert.That(Directory.Exists(_world.Scratch), Is.False, "the next try begins anew");
        _world.Play("new");
        await FetchAsync();
    }

    [Test]
    public void A_missing_program_is_told()
    {
        _world.YtDlpPath = "/nowhere/yt-dlp";
        Assert.That(Assert.ThrowsAsync<ToolMissingException>(FetchAsync)!.Message, Does.Contain("/nowhere/yt-dlp"));
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("--exec=rm")]
    public void Only_web_addresses_are_given_to_it(string address)
    {
        _world.Clip.Origin!.Url = address;
        Assert.ThrowsAsync<RefusedMediaException>(FetchAsync);
    }

    private Task FetchAsync() => _world.FetchAsync(DownloadWorld.WithoutAccount);

    private void Complain(int code, string line) =>
        _world.Script($"echo \"{line.Replace("`", "'", StringComparison.Ordinal)}\" >&2; exit {code}");

    private void AssertNothingRuns() =>
        Assert.That(MarkedProcesses.Find(ProcessRunner.OwnerVariable, _world.OwnerTag), Is.Empty);
}
