using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.YouTube;

namespace ShortsDaemon.Tests.Configuration;

public sealed class PostingCheckTests
{
    private ConfigurationSandbox _box = null!;

    [SetUp]
    public void SetUp() => _box = new();

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void Good_windows_and_templates_are_taken()
    {
        var reading = Read(
            """
            "Windows": ["17:00-22:30", { "Hours": "22:00-02:00", "Days": "Fri,Sat" }],
            "Title": "{{{title}}} by {broadcaster}", "Description": "", "Credit": "", "Tags": ["{game}", "#shorts"]
            """
        );

        Assert.That(reading.Problems, Is.Empty);
        var options = (YouTubeDestinationOptions)reading.Options!.Channels["a"].Destinations[0];
        Assert.That(
            options.Windows.Select(w => (w.Hours, w.Days)),
            Is.EqualTo([("17:00-22:30", ""), ("22:00-02:00", "Fri,Sat")])
        );
    }

    [TestCase(""" "Windows": ["17-22"] """, "Windows:0:Hours", "'17-22' are no hours of the day")]
    [TestCase(
        """ "Windows": [{ "Hours": "17:00-22:00", "Days": "Mo-Fr" }] """,
        "Windows:0:Days",
        "'Mo-Fr' are no weekdays"
    )]
    [TestCase(""" "Windows": [{ "Days": "Mon" }] """, "Windows:0:Hours", "a value is missing")]
    [TestCase(""" "Title": "{titel}" """, "Title", "{titel} is not known here")]
    [TestCase(""" "Description": "a { b" """, "Description", "a { is never closed")]
    [TestCase(""" "Tags": ["ok", "}"] """, "Tags:1", "a } stands alone")]
    [TestCase(""" "Credit": "see {credit}" """, "Credit", "the credit line cannot hold itself")]
    [TestCase(""" "MaxPerDay": -1 """, "MaxPerDay", "-1 is out of range")]
    public void Mistakes_are_told_with_their_key(string keys, string key, string what)
    {
        var problem = Read(keys).Problems.Single();

        Assert.That((problem.Key, problem.What), Is.EqualTo(($"Channels:a:Destinations:0:{key}", what)));
    }

    [Test]
    public void A_misspelt_name_gets_a_hint() =>
        Assert.That(
            Read(""" "Title": "{brodcaster}" """).Problems.Single().Mend,
            Does.EndWith("Did you mean broadcaster?")
        );

    private OptionsReading Read(string keys) =>
        _box.ReadJson(
            $$"""
            { "Channels": { "a": {
              "Sources": [{ "Type": "Folder", "Path": "in" }],
              "Destinations": [{ "Type": "YouTube", "Credentials": "main", {{keys}} }] } } }
            """
        );
}
