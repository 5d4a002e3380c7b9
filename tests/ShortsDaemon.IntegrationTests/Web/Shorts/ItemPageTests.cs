using System.Net;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Shorts;

/// <summary>The page of one item tells its whole story.</summary>
public sealed class ItemPageTests
{
    private Room _room = null!;
    private Item _item = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        _item = await _room.AddAsync("A <b>bold</b> clip", ItemState.Published);
    }

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task It_tells_decision_attempts_checks_and_quality()
    {
        await _room.PublishAsync(_item, "dQw4w9WgXcQ");
        await _room.SaveAsync(
            new Decision
            {
                ItemId = _item.Id,
                Rule = "Score",
                Reason = "the best of two",
                Features = [new Feature("Freshness", 2, "h", 0.9, 1)],
            },
            new Attempt
            {
                ItemId = _item.Id,
                Stage = ItemState.Download,
                Result = AttemptResult.Retrying,
                Reason = "the platform was <down>",
            }
        );

        var page = await PageAsync();

        Assert.That(page, Does.Contain("<h1>A <b>bold</b> clip</h1>"), "decoded; see below");
        Assert.That(page, Does.Contain("it was selected by the rule Score: the best of two."));
        Assert.That(page, Does.Contain("freshness 2 h: 0.90 points"));
        Assert.That(page, Does.Contain("Downloading").And.Contain("the platform was <down>."));
        Assert.That(page, Does.Match("(?s)<th scope=\"row\">loudness</th>.*?yes.*?−14.1 LUFS"));
        Assert.That(page, Does.Contain("Quality: 71 of 100").And.Contain("as sharp as most"));
        Assert.That(page, Does.Contain("its Short is at every destination"));
    }

    [Test]
    public async Task Nothing_in_it_is_markup_of_a_stranger_or_needs_a_laxer_policy()
    {
        var raw = await _room.Browser.GetStringAsync($"/shorts/{_item.Id}");

        Assert.That(raw, Does.Not.Contain("<b>").And.Contain("&lt;b&gt;bold"));
        Assert.That(
            raw,
            Does.Not.Contain(" style=").And.Not.Contain("<style").And.Not.Match("<script(?! type=\"module\" src=)")
        );
    }

    [Test]
    public async Task It_links_to_where_the_Short_is_on_the_web_only()
    {
        var links = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["dQw4w9WgXcQ"] = "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            ["https://example.org/a?b=1"] = "https://example.org/a?b=1",
            ["javascript:alert(1)"] = null,
            ["/srv/outbox/a.mp4"] = null,
            ["file:///etc/passwd"] = null,
        };
        foreach (var place in links.Keys)
            await _room.PublishAsync(_item, place);

        var page = await _room.Browser.GetStringAsync($"/shorts/{_item.Id}");

        foreach (var (place, link) in links)
        {
            Assert.That(RoomShorts.Link(page, place), Is.EqualTo(link));
            Assert.That(WebUtility.HtmlDecode(page), Does.Contain(place));
        }
    }

    [Test]
    public async Task It_shows_its_lines_of_the_log_and_no_others()
    {
        Log("shorts-20261121.log", $"2026-11-21 23:59:59.000 +00:00 INF [main #{_item.Id}] yesterday");
        Log(
            "shorts-20261122.log",
            $"2026-11-22 10:00:00.123 +00:00 INF [main #{_item.Id}] 'clip' done",
            $"2026-11-22 10:00:01.123 +00:00 ERR [main #{_item.Id}] went wrong, access_token=abcdefgh",
            "   at Some.Method()",
            $"2026-11-22 10:00:02.123 +00:00 INF [main #{_item.Id}0] of another item",
            $"2026-11-22 10:00:03.123 +00:00 INF speaks of [main #{_item.Id}] only",
            $$$"""{"Timestamp":"2026-11-22T10:00:04","Level":"Information","RenderedMessage":"in JSON","Properties":{"ItemId":"{{{_item.Id}}}"}}""",
            $$$"""{"Timestamp":"2026-11-22T10:00:05","Level":"Information","RenderedMessage":"\"ItemId\":\"{{{_item.Id}}}\"","Properties":{"ItemId":"4711"}}"""
        );

        var log = (await PageAsync()).Split("<pre")[1].Split("</pre>")[0].Split('>')[1].Split('\n');

        Assert.That(
            log.Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim()),
            Is.EqualTo(
                (string[])
                    [
                        "yesterday",
                        "'clip' done",
                        "went wrong, access_token=***",
                        "at Some.Method()",
                        "2026-11-22T10:00:04 Information in JSON",
                    ]
            )
        );
    }

    [Test]
    public async Task Of_a_long_log_only_the_end_is_read()
    {
        var mark = $"2026-11-22 10:00:00.123 +00:00 INF [main #{_item.Id}]";
        var other = "2026-11-22 10:00:00.123 +00:00 INF " + new string('x', 1000);
        Log(
            "shorts-20261122.log",
            [
                $"{mark} too far back",
                .. Enumerable.Repeat(other, 2200),
                .. Enumerable.Range(1, 300).Select(i => $"{mark} line {i}."),
            ]
        );

        var page = await PageAsync();

        Assert.That(page, Does.Contain("line 300.").And.Contain("line 101.").And.Not.Contain("line 100."));
        Assert.That(page, Does.Not.Contain("too far back"));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        foreach (var end in (string[])["4711", "4711/short", "4711/source", "4711/thumbnail", "abc", "-1"])
            Assert.That(
                (await _room.Browser.GetAsync($"/shorts/{end}")).StatusCode,
                Is.EqualTo(HttpStatusCode.NotFound),
                end
            );
    }

    private void Log(string name, params string[] lines)
    {
        Directory.CreateDirectory(_room.Data().Logs);
        var path = Path.Combine(_room.Data().Logs, name);
        File.WriteAllLines(path, lines);
        File.SetLastWriteTimeUtc(path, DateTime.ParseExact(name[7..15], "yyyyMMdd", null));
    }

    private async Task<string> PageAsync() =>
        WebUtility.HtmlDecode(await _room.Browser.GetStringAsync($"/shorts/{_item.Id}"));
}
