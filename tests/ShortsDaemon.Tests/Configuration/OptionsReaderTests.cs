using NUnit.Framework;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.Folder;
using static ShortsDaemon.Tests.Configuration.ConfigurationSandbox;

namespace ShortsDaemon.Tests.Configuration;

public sealed class OptionsReaderTests
{
    private ConfigurationSandbox _box = null!;

    [SetUp]
    public void SetUp() => _box = new();

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void Reads_every_kind_of_value()
    {
        var reading = _box.ReadJson(
            WithChannel(
                """
                "Schedule": ["0 0 9 * * ?", { "Cron": "0 30 * * * ?", "Misfire": "skip" }],
                "Render": { "Layout": "centrecrop", "LoudnessLufs": -16.5 },
                "Selection": { "MaxPerRun": 7, "Exclude": ["*.tmp", "a?.mp4"], "Weights": { "Freshness": 2 } }
                """,
                """ "daemon": { "dryRun": true } """
            )
        );

        Assert.That(reading.Problems, Is.Empty);
        var channel = reading.Options!.Channels["INBOX"];
        Assert.That(channel.Schedule.Select(schedule => schedule.Cron), Is.EqualTo(["0 0 9 * * ?", "0 30 * * * ?"]));
        Assert.That(
            channel.Schedule.Select(schedule => schedule.Misfire),
            Is.EqualTo([MisfireRule.RunOnce, MisfireRule.Skip])
        );
        Assert.That(channel.Render.Layout, Is.EqualTo(LayoutName.CentreCrop));
        Assert.That(channel.Render.LoudnessLufs, Is.EqualTo(-16.5));
        Assert.That(channel.Selection.MaxPerRun, Is.EqualTo(7));
        Assert.That(channel.Selection.Exclude, Is.EqualTo(["*.tmp", "a?.mp4"]));
        Assert.That(channel.Selection.Weights.Freshness, Is.EqualTo(2));
        Assert.That(channel.Selection.Weights.HasSound, Is.EqualTo(0.5), "a key that is not written keeps its default");
        Assert.That(channel.Sources.Single(), Is.InstanceOf<FolderSourceOptions>());
        Assert.That(reading.Options.Daemon.DryRun, Is.True);
    }

    [Test]
    public void Reads_the_facecam_of_each_broadcaster()
    {
        var reading = _box.ReadJson(
            WithChannel(
                """
                "Render": {
                  "Layout": "FacecamSplit",
                  "Facecam": { "X": 0.75, "Y": 0.7, "Width": 0.25, "Height": 0.3 },
                  "Facecams": { "Some_One": { "Width": 0.2, "Height": 0.25 }, "nobody": {} }
                }
                """
            )
        );

        Assert.That(reading.Problems, Is.Empty);
        var render = reading.Options!.Channels["inbox"].Render;
        Assert.That(render.FacecamOf(["some_one"]), Is.EqualTo(new Region(0, 0, 0.2, 0.25)));
        Assert.That(render.FacecamOf(["other", "SOME_ONE"]), Is.EqualTo(new Region(0, 0, 0.2, 0.25)), "an older login");
        Assert.That(render.FacecamOf(["other"]), Is.EqualTo(new Region(0.75, 0.7, 0.25, 0.3)), "the default");
        Assert.That(render.FacecamOf(["nobody"]), Is.Null, "known to have none");
        Assert.That(new ShortsDaemon.Pipeline.Render.RenderOptions().FacecamOf([]), Is.Null);
    }

    [TestCase(
        """{ "X": 0.9, "Width": 0.25, "Height": 0.3 }""",
        "X and Width together go beyond the right edge of the picture (1)"
    )]
    [TestCase(
        """{ "Y": 0.9, "Width": 0.25, "Height": 0.3 }""",
        "Y and Height together go beyond the lower edge of the picture (1)"
    )]
    [TestCase("""{ "Width": 0.25 }""", "a rectangle needs both Width and Height")]
    [TestCase("""{ "Width": 480, "Height": 0.3 }""", "480 is out of range")]
    public void A_facecam_outside_of_the_picture_is_told(string facecam, string what)
    {
        var reading = _box.ReadJson(WithChannel($"\"Render\": {{ \"Facecams\": {{ \"a\": {facecam} }} }}"));

        Assert.That(reading.Problems.Select(problem => problem.What), Does.Contain(what));
        Assert.That(reading.Problems[0].Key, Does.StartWith("Channels:inbox:Render:Facecams:a"));
    }

    [Test]
    public void Reports_every_mistake_at_once_with_its_key()
    {
        var reading = _box.ReadJson(
            """
            {
              "Daemon": { "Urls": "http://127.0.0.1:99999", "StopSeconds": "soon", "DryRun": "maybe" },
              "Encoding": { "Lanes": 65, "Prefer": "h264_nvenc" },
              "Log": { "Level": "Debugg" },
              "Tools": { "FFmpeg": "" },
              "Retry": { "FirstDelaySeconds": 100, "MaxDelaySeconds": 10 },
              "Storage": { "ConnectionString": "Data Sauce=x.db" },
              "Channels": {
                "my channel": { "Sources": [], "Destinations": [] },
                "a": {
                  "TimeZone": "Europe/Berlim",
                  "Schedule": ["every day", { "Misfire": "Sometimes" }],
                  "Sources": [{ "Type": "Foldr", "Path": "x" }, { "Path": "x" }, { "Type": "Folder" }],
                  "Selection": { "MinLengthSeconds": 60, "MaxLengthSeconds": 30, "MaxPerRun": 1.5 },
                  "Render": "CentreCrop",
                  "Destinations": [{ "Type": "Folder", "Path": "o" }, { "Type": "Folder", "Path": "p" }]
                },
                "b": "off"
              }
            }
            """
        );

        Assert.That(reading.IsGood, Is.False);
        Assert.That(
            reading.Problems.Where(problem => problem.IsError).Select(problem => problem.Key),
            Is.EquivalentTo([
                "Daemon:Urls",
                "Daemon:StopSeconds",
                "Daemon:DryRun",
                "Encoding:Lanes",
                "Encoding:Prefer",
                "Log:Level",
                "Tools:FFmpeg",
                "Retry:FirstDelaySeconds",
                "Storage:ConnectionString",
                "Channels:my channel",
                "Channels:my channel:Sources",
                "Channels:my channel:Destinations",
                "Channels:a:TimeZone",
                "Channels:a:Schedule:0",
                "Channels:a:Schedule:1:Cron",
                "Channels:a:Schedule:1:Misfire",
                "Channels:a:Sources:0:Type",
                "Channels:a:Sources:1:Type",
                "Channels:a:Sources:2:Path",
                "Channels:a:Selection:MinLengthSeconds",
                "Channels:a:Selection:MaxPerRun",
                "Channels:a:Render",
                "Channels:a:Destinations",
                "Channels:b",
            ])
        );
    }

    [TestCase(""" "Log": { "Level": "Debugg" } """, "Verbose, Debug, Information", "Did you mean Debug?")]
    [TestCase(""" "Encoding": { "Lanes": 65 } """, "65 is out of range", "Write a number from 0 to 64.")]
    [TestCase(""" "Favourites": { "MaxSizeMiB": 0 } """, "has no effect", "Known here: Daemon")]
    [TestCase(""" "Encoding": { "Lanes": "two" } """, "'two' is not a whole number", "for instance 3")]
    [TestCase(""" "Health": { "DiskMinimumMiB": "NaN" } """, "'NaN' is not a number", "decimal point")]
    [TestCase(""" "Health": { "DiskMinimumMiB": -1 } """, "-1 is out of range", "from 0 to 1000000000")]
    [TestCase(""" "Log": { "Level": 2 } """, "'2' is not one of", "Write one of these names")]
    [TestCase(""" "Log": { "Json": { "On": true } } """, "this is a section", "Write a plain value")]
    public void Says_what_is_wrong_and_how_to_mend_it(string root, string what, string mend)
    {
        var problem = _box.ReadJson(WithChannel(root: root)).Problems.Single();

        Assert.That(problem.What, Does.Contain(what));
        Assert.That(problem.Mend, Does.Contain(mend));
    }

    [Test]
    public void Names_the_file_a_wrong_value_comes_from()
    {
        var reading = _box.Read(
            _box.Write("base.json", WithChannel()),
            _box.Write("host.json", """{ "Encoding": { "Lanes": "two" } }""")
        );

        Assert.That(reading.Problems.Single().What, Does.Contain("host.json"));
    }

    [Test]
    public void An_unknown_type_lists_the_known_ones()
    {
        var reading = _box.ReadJson(
            """
            { "Channels": { "a": {
              "Sources": [{ "Type": "Foldr", "Path": "x" }],
              "Destinations": [{ "Type": "folder", "Path": "y" }] } } }
            """
        );

        Assert.That(
            reading.Problems.Single().Mend,
            Is.EqualTo("Write one of Folder, TwitchClips. Did you mean Folder?")
        );
    }

    [Test]
    public void A_typing_error_in_a_key_is_a_warning_with_the_probable_key()
    {
        var reading = _box.ReadJson(
            WithChannel(
                """ "TimeZoen": "UTC", "Selection": { "MaxPerRum": 3 } """,
                """ "Chanels": {}, "Encodng": { "Lanes": 1 } """
            )
        );

        Assert.That(reading.IsGood, Is.True);
        Assert.That(
            reading.Problems.Select(problem => (problem.Key, problem.IsError, problem.Mend)),
            Is.EquivalentTo([
                ("Channels:inbox:TimeZoen", false, "Did you mean TimeZone?"),
                ("Channels:inbox:Selection:MaxPerRum", false, "Did you mean MaxPerRun?"),
                ("Chanels", false, "Did you mean Channels?"),
                ("Encodng", false, "Did you mean Encoding?"),
            ])
        );
    }

    [Test]
    public void Sections_of_the_framework_and_notes_are_left_alone()
    {
        var reading = _box.ReadJson(
            WithChannel(
                root: """ "$schema": "x", "// note": "y", "Serilog": { "A": 1 }, "Logging": {}, "AllowedHosts": "*", "Kestrel": {} """
            )
        );

        Assert.That(reading.Problems, Is.Empty);
    }

    [Test]
    public void Null_and_empty_mean_the_default()
    {
        var reading = _box.ReadJson(
            WithChannel(
                """ "Selection": null, "Schedule": [] """,
                """ "Encoding": { "Lanes": null, "Prefer": [] }, "Log": {} """
            )
        );

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Options!.Encoding.Lanes, Is.Zero);
        Assert.That(reading.Options.Channels["inbox"].Selection.MaxPerRun, Is.EqualTo(50));
    }

    [Test]
    public void The_shipped_configuration_is_valid_and_makes_the_inbox()
    {
        File.Copy(RepositoryFile("appsettings.json"), Path.Combine(_box.Program, "appsettings.json"));
        File.Copy(
            RepositoryFile("appsettings.Production.json"),
            Path.Combine(_box.Program, "appsettings.Production.json")
        );

        var reading = _box.Read();

        Assert.That(reading.Problems, Is.Empty);
        var inbox = (FolderSourceOptions)reading.Options!.Channels["inbox"].Sources.Single();
        Assert.That(inbox.Path, Is.EqualTo(Path.Combine(_box.Data, "inbox")));
    }
}
