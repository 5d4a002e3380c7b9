using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Host;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>history, explain and schedule of the built program.</summary>
public sealed class ReadingCommandsTests
{
    private Sandbox _sandbox = null!;

    [SetUp]
    public void MakeSandbox() => _sandbox = new Sandbox();

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task Before_the_first_start_there_is_nothing_and_nothing_is_made()
    {
        var history = await _sandbox.RunAsync("history");
        Assert.That((history.ExitCode, history.Output), Is.EqualTo((0, "Nothing has been made yet.")));
        Assert.That((await _sandbox.RunAsync("history", "--json")).Output, Is.EqualTo("[]"));
        var explain = await _sandbox.RunAsync("explain", "1");
        Assert.That((explain.ExitCode, explain.Errors), Is.EqualTo((1, "Nothing has been made yet.")));
        Assert.That(Directory.Exists(_sandbox.Data), Is.False);
    }

    [Test]
    public async Task History_lists_the_newest_first_without_colours_and_filters()
    {
        await _sandbox.MakeDatabaseAsync();
        var all = await _sandbox.RunAsync("history");
        Assert.That(all.ExitCode, Is.Zero, all.Errors);
        var lines = all.Output.Split('\n');
        Assert.That(lines[0], Does.StartWith("id  found"));
        Assert.That(
            lines[1],
            Does.StartWith("2   2026-01-15 12:00:00 +00:00  inbox    Rejected").And.EndsWith("it is too short")
        );
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(all.Output, Does.Not.Contain('\u001b'));

        var one = await _sandbox.RunAsync("history", "--channel", "INBOX", "--state", "candidate", "--json");
        using var json = JsonDocument.Parse(one.Output);
        var item = json.RootElement.EnumerateArray().Single();
        Assert.That(item.GetProperty("id").GetInt64(), Is.EqualTo(1));
        Assert.That(item.GetProperty("state").GetString(), Is.EqualTo("Candidate"));

        Assert.That(
            (await _sandbox.RunAsync("history", "--limit", "1")).Output,
            Does.EndWith("1 older ones are not shown; see --limit.")
        );
        Assert.That((await _sandbox.RunAsync("history", "--channel", "other")).Output, Is.EqualTo("No such items."));
    }

    [Test]
    public async Task Explain_tells_one_story_or_lists_several()
    {
        await _sandbox.MakeDatabaseAsync();
        var story = await _sandbox.RunAsync("explain", "2", "Channels:inbox:TimeZone=Europe/Berlin");
        Assert.That(story.ExitCode, Is.Zero, story.Errors);
        Assert.That(story.Output, Does.StartWith("Item 2, 'match lost', was rejected. Times are in Europe/Berlin."));
        Assert.That(story.Output, Does.Contain("2026-01-15 13:00:00").And.Contain("because: it is too short."));

        using var json = JsonDocument.Parse((await _sandbox.RunAsync("explain", "match point.mp4", "--json")).Output);
        Assert.That(json.RootElement.GetProperty("id").GetInt64(), Is.EqualTo(1));

        var several = await _sandbox.RunAsync("explain", "match");
        Assert.That(
            (several.ExitCode, several.Errors),
            Is.EqualTo((1, "'match' may be 2 items; ask with the number of one."))
        );
        Assert.That(several.Output, Does.Contain("match point").And.Contain("match lost"));

        var unknown = await _sandbox.RunAsync("explain", "nobody");
        Assert.That(
            (unknown.ExitCode, unknown.Errors),
            Is.EqualTo((1, "There is no item 'nobody'. `history` lists them."))
        );
    }

    [Test]
    public async Task Schedule_shows_the_zone_and_utc()
    {
        string[] question =
        [
            "schedule",
            "--count",
            "2",
            "Channels:inbox:TimeZone=Asia/Tokyo",
            "Channels:inbox:Schedule:0=0 0 9 * * ?",
        ];
        var plain = await _sandbox.RunAsync(question);
        Assert.That(plain.ExitCode, Is.Zero, plain.Errors);
        Assert.That(
            plain.Output,
            Does.StartWith("inbox (Asia/Tokyo)").And.Contain("09:00:00 +09:00").And.Contain("00:00:00 UTC")
        );

        using var json = JsonDocument.Parse((await _sandbox.RunAsync([.. question, "--json"])).Output);
        var next = json.RootElement[0].GetProperty("schedules")[0].GetProperty("next");
        Assert.That(next.GetArrayLength(), Is.EqualTo(2));
        Assert.That(
            next[0].GetProperty("utc").GetDateTimeOffset(),
            Is.EqualTo(next[0].GetProperty("local").GetDateTimeOffset())
        );
    }

    [Test]
    public async Task A_breaker_is_listed_and_closed_by_hand()
    {
        Assert.That((await _sandbox.RunAsync("breaker", "list")).Output, Is.EqualTo("No call has failed yet."));
        await _sandbox.MakeDatabaseAsync();
        await _sandbox.ExecuteAsync(
            "insert into Breakers (Provider, State, Failures, Openings, OpenedAt, ProbeAt, LastError) values "
                + "('Twitch', 'Open', 5, 1, '2026-01-15 12:00:00', '2026-01-15 12:00:30', 'no answer')"
        );
        var list = await _sandbox.RunAsync("breaker", "list");
        Assert.That(list.ExitCode, Is.Zero, list.Errors);
        Assert.That(
            list.Output.Split('\n')[1],
            Is.EqualTo("Twitch    Open   2026-01-15 12:00:00Z  2026-01-15 12:00:30Z  5         no answer")
        );
        var other = await _sandbox.RunAsync("breaker", "reset", "YouTube");
        Assert.That(
            (other.ExitCode, other.Errors),
            Is.EqualTo((1, "There is no breaker 'YouTube'. `breaker list` lists them."))
        );
        var reset = await _sandbox.RunAsync("breaker", "reset", "twitch");
        Assert.That((reset.ExitCode, reset.Output), Is.EqualTo((0, "Twitch is closed.")), reset.Errors);
        using var json = JsonDocument.Parse((await _sandbox.RunAsync("breaker", "list", "--json")).Output);
        Assert.That(json.RootElement[0].GetProperty("state").GetString(), Is.EqualTo("Closed"));
    }

    [Test]
    public async Task Holds_are_listed_and_released_while_the_daemon_runs()
    {
        Assert.That((await _sandbox.RunAsync("holds", "list")).Output, Is.EqualTo("Nothing is held."));
        await _sandbox.MakeDatabaseAsync();
        await _sandbox.ExecuteAsync(
            "INSERT INTO Holds (Scope, Reason, Since) VALUES ('account:YouTube/main', 'log in again', '2026-01-15 12:00:00')"
        );
        await _sandbox.ExecuteAsync(
            "INSERT INTO Holds (Scope, Reason, Since, Until) VALUES ('destination:a/b', 'over', '2026-01-15', '2026-01-16')"
        );
        using var daemon = InstanceLock.TryTake(new(_sandbox.Data));
        Assert.That(daemon, Is.Not.Null);

        var list = await _sandbox.RunAsync("holds", "list");
        Assert.That(list.Output.Split('\n'), Has.Length.EqualTo(2), "what is over is not shown");
        Assert.That(
            list.Output,
            Does.Contain("account:YouTube/main").And.Contain("it is released").And.Contain("log in again")
        );
        Assert.That(
            (await _sandbox.RunAsync("doctor")).Output,
            Does.Contain("account:YouTube/main is held: log in again").And.Not.Contain("destination:a/b is held")
        );
        var release = await _sandbox.RunAsync("holds", "release", "account:YouTube/main");
        Assert.That((release.ExitCode, release.Output), Is.EqualTo((0, "account:YouTube/main is open again.")));
        Assert.That((await _sandbox.RunAsync("holds", "list", "--json")).Output, Is.EqualTo("[]"));
        Assert.That((await _sandbox.RunAsync("holds", "release", "account:YouTube/main")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Alerts_are_listed_open_ones_first()
    {
        await _sandbox.MakeDatabaseAsync();
        Assert.That((await _sandbox.RunAsync("alerts")).Output, Is.EqualTo("No alerts."));
        await _sandbox.ExecuteAsync(
            """
            INSERT INTO Alerts (Rule, Subject, Level, Message, RaisedAt, ResolvedAt) VALUES
              ('BreakerOpen', 'Twitch', 'Warning', 'well again', '2026-01-15 12:00:00', '2126-01-15 12:00:00'),
              ('QuotaEmpty', 'YouTube/1/uploads', 'Warning', 'none left', '2026-01-14 12:00:00', NULL),
              ('QuotaEmpty', 'YouTube/2/uploads', 'Warning', 'long ago', '2020-01-14 12:00:00', '2020-01-15 12:00:00')
            """
        );

        var lines = (await _sandbox.RunAsync("alerts")).Output.Split('\n');
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[1], Does.Contain("open").And.EndsWith("none left"));
        Assert.That(lines[2], Does.Contain("resolved 2126-01-15").And.EndsWith("well again"));
        using var json = JsonDocument.Parse((await _sandbox.RunAsync("alerts", "--json")).Output);
        Assert.That(json.RootElement[0].GetProperty("rule").GetString(), Is.EqualTo("QuotaEmpty"));
    }

    [Test]
    public async Task Publish_now_is_left_to_the_daemon_that_runs()
    {
        await _sandbox.MakeDatabaseAsync();
        var candidate = await _sandbox.RunAsync("publish", "1", "--now");
        Assert.That(candidate.ExitCode, Is.EqualTo(1));
        Assert.That(candidate.Errors, Does.StartWith("Item 1 cannot be published: it stands at Candidate."));
        await _sandbox.ExecuteAsync(
            "UPDATE Items SET State = 'Publish', NotBefore = '2126-01-15 12:00:00' WHERE Id = 1"
        );
        using (InstanceLock.TryTake(new(_sandbox.Data)))
        {
            var answer = await _sandbox.RunAsync("publish", "match point", "--now");
            Assert.That(answer.ExitCode, Is.Zero, answer.Errors);
            Assert.That(answer.Output, Does.StartWith("The daemon takes up item 1 within a minute."));
        }
        using var json = JsonDocument.Parse((await _sandbox.RunAsync("explain", "1", "--json")).Output);
        Assert.That(json.RootElement.GetProperty("hurriedAt").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That(json.RootElement.GetProperty("notBefore").GetDateTimeOffset().Year, Is.LessThan(2126));
    }

    [Test]
    public async Task Publish_now_without_a_daemon_is_done_here()
    {
        await _sandbox.MakeDatabaseAsync();
        await _sandbox.ExecuteAsync(
            "UPDATE Items SET State = 'Download', NotBefore = '2126-01-15 12:00:00' WHERE Id = 1"
        );

        var answer = await _sandbox.RunAsync("publish", "1", "--now");

        // The recording never was there, which is found out only by trying.
        Assert.That(answer.ExitCode, Is.EqualTo(1), answer.Errors);
        Assert.That(answer.Output, Does.Contain("Rejected: "));
    }

    [TestCase("publish", "1")]
    [TestCase("alerts", "--days", "0")]
    [TestCase("holds", "release")]
    [TestCase("history", "--limit", "0")]
    [TestCase("history", "--state", "Nowhere")]
    [TestCase("history", "--limit")]
    [TestCase("schedule", "--count", "x")]
    [TestCase("explain")]
    [TestCase("doctor", "surplus")]
    public async Task Wrong_usage_is_2(params string[] arguments)
    {
        var answer = await _sandbox.RunAsync(arguments);
        Assert.That((answer.ExitCode, answer.Output), Is.EqualTo((2, "")), answer.Errors);
        Assert.That(answer.Errors, Does.EndWith("See: ShortsDaemon --help"));
    }

    [TestCase("history")]
    [TestCase("explain", "1")]
    [TestCase("schedule")]
    public async Task A_bad_configuration_is_2_with_its_problem(params string[] arguments)
    {
        var answer = await _sandbox.RunAsync([.. arguments, "Channels:inbox:TimeZone=Europe/Berlim"]);
        Assert.That(answer.ExitCode, Is.EqualTo(2), answer.Output);
        Assert.That(answer.Errors, Does.Contain("error: Channels:inbox:TimeZone: 'Europe/Berlim' is not a time zone"));
    }

    [Test]
    public async Task Help_says_the_exit_codes([Values("doctor", "history", "explain", "schedule")] string command)
    {
        var help = await _sandbox.RunAsync(command, "--help");
        Assert.That(help.ExitCode, Is.Zero);
        Assert.That(help.Output, Does.Contain("Exit code: 0").And.Contain("--json"));
    }
}
