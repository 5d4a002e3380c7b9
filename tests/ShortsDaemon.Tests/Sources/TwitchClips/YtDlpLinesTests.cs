using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

namespace ShortsDaemon.Tests.Sources.TwitchClips;

/// <summary>What is made of single lines of yt-dlp.</summary>
internal sealed class YtDlpLinesTests
{
    private const int KiB = 1024;

    [Test]
    public void Only_enough_bytes_are_progress()
    {
        var reading = Reading();
        Assert.That(reading.Take(Line(100 * KiB)), Is.True);
        Assert.That(reading.Take(Line(199 * KiB)), Is.False);
        Assert.That(reading.Take(Line(200 * KiB)), Is.True);
        Assert.That(reading.Take(Line(1 * KiB)), Is.True, "the next file begins");
        Assert.That(reading.Take("""PROG {"status":"finished"}"""), Is.True);
    }

    [TestCase("[download] 12%")]
    [TestCase("PROG NA")]
    [TestCase("PROG {\"eta\":NA}")]
    [TestCase("PROG []")]
    [TestCase("PROG {\"downloaded_bytes\":\"NA\"}")]
    [TestCase("DONE NA")]
    [TestCase("")]
    public void Other_lines_are_none(string line)
    {
        var reading = Reading();
        Assert.That(reading.Take(line), Is.False);
        Assert.That(reading.Finished, Is.Null);
    }

    [Test]
    public void The_finished_file_is_kept() =>
        Assert.That(Finished("""DONE "/w/f\u00e4tch/a \"b\".mp4" """), Is.EqualTo("/w/fätch/a \"b\".mp4"));

    [Test]
    public void Too_many_bytes_are_refused_announced_or_arrived()
    {
        Assert.Throws<RefusedMediaException>(() => Reading().Take("""PROG {"total_bytes":5368709120}"""));
        Assert.Throws<RefusedMediaException>(() => Reading().Take(Line(500L * KiB * KiB + 1)));
        Assert.DoesNotThrow(() => Reading().Take("""PROG {"total_bytes_estimate":5368709120.5}"""));
    }

    [TestCase("ERROR: [twitch:clips] Abc: This clip is no longer available", "Gone")]
    [TestCase(
        "ERROR: [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404>)",
        "Gone"
    )]
    [TestCase("ERROR: [twitch:vod] 1: Video 1 does not exist", "Gone")]
    [TestCase("ERROR: [twitch:vod] 1: This video is only available to subscribers", "Refused")]
    [TestCase(
        "ERROR: [generic] Unable to download webpage: HTTP Error 503: Service Unavailable; please report this issue",
        "Network"
    )]
    [TestCase("ERROR: unable to download video data: HTTP Error 404: Not Found", "File")]
    [TestCase("ERROR: unable to download video data: HTTP Error 403: Forbidden", "File")]
    [TestCase("ERROR: unable to download video data: HTTP Error 400: Bad Request", "File")]
    [TestCase("ERROR: unable to download video data: HTTP Error 416: Requested range not satisfiable", "File")]
    [TestCase("ERROR: unable to download video data: HTTP Error 429: Too Many Requests", "Network")]
    [TestCase("ERROR: unable to download video data: HTTP Error 408: Request Timeout", "Network")]
    [TestCase("ERROR: [twitch:clips] Abc: Unable to download JSON metadata: HTTP Error 403: Forbidden", "Network")]
    [TestCase(
        "ERROR: [twitch:clips] Abc: Unable to download JSON metadata: <urlopen error [Errno -3] Temporary failure in name resolution>",
        "Network"
    )]
    [TestCase("ERROR: [generic] Unable to download webpage: <urlopen error [Errno 111] Connection refused>", "Network")]
    [TestCase(
        "ERROR: [generic] Unable to download webpage: <urlopen error [SSL: WRONG_VERSION_NUMBER] wrong version number>",
        "Network"
    )]
    [TestCase("ERROR: The read operation timed out", "Network")]
    [TestCase(
        "ERROR: [twitch:clips] Abc: An extractor error has occurred. (caused by KeyError('data')); please report this issue on x",
        "Outdated"
    )]
    [TestCase("ERROR: [twitch:clips] Abc: PersistedQueryNotFound", "Outdated")]
    [TestCase("ERROR: Unsupported URL: https://clips.twitch.tv/Abc", "Outdated")]
    [TestCase("ERROR: unable to open for writing: [Errno 28] No space left on device", "DiskFull")]
    [TestCase("ERROR: fragment 21 not found, unable to continue", "Unknown")]
    [TestCase("ERROR: [generic] Abc: Requested format is not available", "Unknown")]
    [TestCase("", "Unknown")]
    public void The_error_line_tells_what_to_do(string line, string expected) =>
        Assert.That(YtDlpTroubles.Of(1, line).ToString(), Is.EqualTo(expected));

    [Test]
    public void An_option_it_does_not_know_means_that_it_is_too_old() =>
        Assert.That(YtDlpTroubles.Of(2, "yt-dlp: error: no such option: --print"), Is.EqualTo(YtDlpTrouble.Outdated));

    [Test]
    public void Messages_hold_neither_addresses_nor_advice() =>
        Assert.That(
            YtDlpTroubles.Printable(
                "ERROR: [x] at https://cdn.example/a.mp4?sig=secret: bad; please report this issue on https://github.com/x , filling out"
            ),
            Is.EqualTo("ERROR: [x] at (address) bad")
        );

    [TestCase("2026.08.19", "2026-08-19")]
    [TestCase("2026.08.19.232816", "2026-08-19")]
    [TestCase("2023.03.04", "2023-03-04")]
    [TestCase("ffmpeg version 5.1", null)]
    [TestCase("2026.8", null)]
    [TestCase("", null)]
    public void A_version_is_a_day(string said, string? day) =>
        Assert.That(YtDlpVersion.DayOf(said)?.ToString("O"), Is.EqualTo(day));

    private static string? Finished(string line)
    {
        var reading = Reading();
        Assert.That(reading.Take(line), Is.True);
        return reading.Finished;
    }

    private static YtDlpReading Reading() =>
        new(new TwitchOptions(), new DownloadPace(TimeSpan.FromSeconds(1), 100 * KiB));

    private static string Line(long bytes) => $$"""PROG {"status":"downloading","downloaded_bytes":{{bytes}}}""";
}
