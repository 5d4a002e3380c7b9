using NUnit.Framework;
using static ShortsDaemon.Tests.Configuration.ConfigurationSandbox;

namespace ShortsDaemon.Tests.Configuration;

public sealed class ConfigurationChecksTests
{
    private ConfigurationSandbox _box = null!;

    [SetUp]
    public void SetUp() => _box = new();

    [TearDown]
    public void TearDown() => _box.Dispose();

    [TestCase("http://127.0.0.1:8787")]
    [TestCase("http://localhost:8787;http://[::1]:8788/")]
    [TestCase("http://*:0")]
    [TestCase("http://unix:/run/shorts/web.sock")]
    public void Addresses_that_can_be_listened_on_are_taken(string urls) =>
        Assert.That(Problems(WithChannel(root: $$""" "Daemon": { "Urls": "{{urls}}" } """)), Is.Empty);

    [TestCase("127.0.0.1:8787")]
    [TestCase("http://127.0.0.1:65536")]
    [TestCase("http://127.0.0.1:http")]
    [TestCase("https://127.0.0.1:8787")]
    [TestCase("ftp://127.0.0.1:21")]
    [TestCase("http://127.0.0.1:8787/health")]
    [TestCase("http://localhost:0")]
    [TestCase(";")]
    public void Other_addresses_are_refused(string urls) =>
        Assert.That(
            Problems(WithChannel(root: $$""" "Daemon": { "Urls": "{{urls}}" } """)),
            Is.EqualTo(["Daemon:Urls"])
        );

    [Test]
    public void A_source_of_Twitch_clips_needs_an_application()
    {
        const string Source = """ "Sources": [{ "Type": "TwitchClips", "Login": "some_one" }] """;
        const string Keys = """ "Twitch": { "ClientId": "a", "ClientSecret": "b" } """;
        string Channel(string more) =>
            $$"""{ "Channels": { "c": { {{Source}}, "Destinations": [{ "Type": "Folder", "Path": "out" }] {{more}} } """;

        Assert.That(Problems(Channel("") + "} }"), Is.EqualTo(["Twitch:ClientId", "Twitch:ClientSecret"]));
        Assert.That(Problems(Channel("") + $"}}, {Keys} }}"), Is.Empty);
        Assert.That(Problems(Channel(", \"Enabled\": false") + "} }"), Is.Empty);
    }

    [TestCase("Login", "https://twitch.tv/some_one")]
    [TestCase("Login", "some one")]
    [TestCase("Account", "../main")]
    public void Names_that_nobody_can_have_are_refused(string key, string value)
    {
        var source = key == "Login" ? $"\"Login\": \"{value}\"" : $"\"Login\": \"a\", \"{key}\": \"{value}\"";
        var json = $$"""
            { "Channels": { "c": { "Sources": [{ "Type": "TwitchClips", {{source}} }], "Destinations": [{ "Type": "Folder", "Path": "out" }] } },
              "Twitch": { "ClientId": "a", "ClientSecret": "b" } }
            """;
        Assert.That(Problems(json), Is.EqualTo([$"Channels:c:Sources:0:{key}"]));
    }

    [TestCase("http://api.example/helix/", false)]
    [TestCase("api.example", false)]
    [TestCase("http://127.0.0.1:9000/helix/", true)]
    public void Secrets_of_Twitch_travel_under_cover(string url, bool isGood) =>
        Assert.That(
            Problems(WithChannel(root: $$""" "Twitch": { "ApiBaseUrl": "{{url}}" } """)),
            isGood ? Is.Empty : Is.EqualTo(["Twitch:ApiBaseUrl"])
        );

    [TestCase(""" "UploadAhead": true """, "UploadAhead")]
    [TestCase(""" "UploadAhead": true, "Privacy": "Public" """, null)]
    [TestCase(""" "ChannelId": "@name" """, "ChannelId")]
    [TestCase(""" "ChannelId": "UCabc" """, null)]
    [TestCase(""" "Subtitles": true """, "Subtitles")]
    [TestCase(""" "Subtitles": true, "Language": "en" """, null)]
    public void What_YouTube_would_refuse_is_told_at_start(string keys, string? wrong)
    {
        var to = $$"""{ "Type": "YouTube", "Credentials": "main", {{keys}} }""";
        var channel = $$"""{ "Sources": [{ "Type": "Folder", "Path": "in" }], "Destinations": [{{to}}] }""";

        Assert.That(
            Problems($$"""{ "Channels": { "main": {{channel}} } }"""),
            Is.EqualTo(wrong is null ? [] : new[] { $"Channels:main:Destinations:0:{wrong}" })
        );
    }

    [TestCase(499, false)]
    [TestCase(500, true)]
    public void A_day_has_units_enough_for_subtitles(int units, bool isGood)
    {
        const string to = """{ "Type": "YouTube", "Credentials": "main", "Subtitles": true, "Language": "en" }""";
        const string channel = $$"""{ "Sources": [{ "Type": "Folder", "Path": "in" }], "Destinations": [{{to}}] }""";
        var quota = $$"""{ "Quota": { "UnitsPerDay": {{units}} } }""";

        Assert.That(
            Problems($$"""{ "YouTube": {{quota}}, "Channels": { "main": {{channel}} } }"""),
            Is.EqualTo(isGood ? [] : new[] { "Channels:main:Destinations:0:Subtitles" })
        );
    }

    [TestCase(0.25, true)]
    [TestCase(1.75, true)]
    [TestCase(0.3, false)]
    public void A_chunk_is_made_of_quarters(double size, bool isGood) =>
        Assert.That(
            Problems(WithChannel(root: FormattableString.Invariant($"\"YouTube\": {{ \"ChunkMiB\": {size} }}"))),
            Is.EqualTo(isGood ? [] : new[] { "YouTube:ChunkMiB" })
        );

    [TestCase("0 0 9 * * ?", null)]
    [TestCase("30 9 * * *", "0 30 9")]
    [TestCase("0 0 25 * * ?", "not a schedule")]
    [TestCase("0 0 0 31 2 ?", "never fires")]
    [TestCase("nonsense", "not a schedule")]
    public void Schedules_are_held_against_the_scheduler(string cron, string? what)
    {
        var problems = _box.ReadJson(WithChannel($$""" "Schedule": ["{{cron}}"] """)).Problems;

        if (what is null)
            Assert.That(problems, Is.Empty);
        else
            Assert.That(problems.Single().What, Does.Contain(what));
    }

    [Test]
    public void A_schedule_whose_last_time_has_passed_is_only_a_warning()
    {
        var problem = _box.ReadJson(WithChannel(""" "Schedule": ["0 0 9 24 12 ? 2020"] """)).Problems.Single();

        Assert.That((problem.Key, problem.IsError), Is.EqualTo(("Channels:inbox:Schedule:0", false)));
        Assert.That(problem.What, Does.Contain("all its times have passed"));
    }

    [Test]
    public void A_misspelt_time_zone_gets_a_hint()
    {
        var problem = _box.ReadJson(WithChannel(""" "TimeZone": "Europe/Berlni" """)).Problems.Single();

        Assert.That(problem.Mend, Does.EndWith("Did you mean Europe/Berlin?"));
    }

    [Test]
    public void A_disabled_channel_needs_no_ends() =>
        Assert.That(Problems("""{ "Channels": { "later": { "Enabled": false } } }"""), Is.Empty);

    [Test]
    public void Two_destinations_of_one_type_need_names()
    {
        const string Two = """
            "Channels": { "a": { "Sources": [{ "Type": "Folder", "Path": "i" }], "Destinations": [
              { "Type": "Folder", "Path": "o" }, { "Type": "Folder", "Path": "p", "Name": "NAME" }] } }
            """;

        Assert.That(Problems($"{{ {Two.Replace("NAME", "folder")} }}"), Is.EqualTo(["Channels:a:Destinations"]));
        Assert.That(Problems($"{{ {Two.Replace("NAME", "copy")} }}"), Is.Empty);
    }

    [TestCase("in", "in", "Channels:a:Sources:0:Path")]
    [TestCase("in", "in/out", "Channels:a:Sources:0:Path")]
    [TestCase("out/in", "out", "Channels:a:Sources:0:Path")]
    [TestCase("x/../in", "in/", "Channels:a:Sources:0:Path")]
    [TestCase("/", "out", "Channels:a:Sources:0:Path")]
    [TestCase("in", "in2", null)]
    public void Source_and_destination_folders_stay_apart(string source, string destination, string? key)
    {
        var json = Folders($"{_box.Root}/{source}", $"{_box.Root}/{destination}");

        Assert.That(Problems(json).Distinct(), Is.EqualTo(key is null ? [] : new[] { key }));
    }

    [Test]
    public void A_link_to_the_source_folder_is_seen_through()
    {
        Directory.CreateDirectory(Path.Combine(_box.Root, "in"));
        Directory.CreateSymbolicLink(Path.Combine(_box.Root, "link"), Path.Combine(_box.Root, "in"));

        Assert.That(
            Problems(Folders($"{_box.Root}/in", $"{_box.Root}/link")),
            Is.EqualTo(["Channels:a:Sources:0:Path"])
        );
    }

    [Test]
    public void One_channel_does_not_feed_on_another()
    {
        var json = $$"""
            { "Channels": {
              "a": { "Sources": [{ "Type": "Folder", "Path": "/x/a" }], "Destinations": [{ "Type": "Folder", "Path": "/x/b" }] },
              "b": { "Sources": [{ "Type": "Folder", "Path": "/x/b" }], "Destinations": [{ "Type": "Folder", "Path": "/x/c" }] }
            } }
            """;

        Assert.That(Problems(json), Is.EqualTo(["Channels:b:Sources:0:Path"]));
        Assert.That(Problems(json.Replace("\"b\": {", "\"b\": { \"Enabled\": false, ")), Is.Empty);
    }

    [Test]
    public void Done_recordings_do_not_come_back()
    {
        const string Json = """
            { "Channels": { "a": {
              "Sources": [{ "Type": "Folder", "Path": "/x/in", "MoveDoneTo": "/x/in/done", "Subfolders": SUB }],
              "Destinations": [{ "Type": "Folder", "Path": "/x/out" }] } } }
            """;

        Assert.That(Problems(Json.Replace("SUB", "true")), Is.EqualTo(["Channels:a:Sources:0:MoveDoneTo"]));
        Assert.That(Problems(Json.Replace("SUB", "false")), Is.Empty);
    }

    private static string Folders(string source, string destination) =>
        $$"""
            { "Channels": { "a": {
              "Sources": [{ "Type": "Folder", "Path": "{{source}}" }],
              "Destinations": [{ "Type": "Folder", "Path": "{{destination}}" }] } } }
            """;

    private IEnumerable<string> Problems(string json) => _box.ReadJson(json).Problems.Select(problem => problem.Key);
}
