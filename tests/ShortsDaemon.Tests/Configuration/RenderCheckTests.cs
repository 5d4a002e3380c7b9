using NUnit.Framework;

namespace ShortsDaemon.Tests.Configuration;

internal sealed class RenderCheckTests
{
    private ConfigurationSandbox _box = null!;

    [SetUp]
    public void SetUp() => _box = new();

    [TearDown]
    public void TearDown() => _box.Dispose();

    [Test]
    public void Texts_and_a_recogniser_with_what_it_needs_are_taken()
    {
        var json = ConfigurationSandbox.WithChannel(
            """
            "Render": { "Hook": "{title}", "Credit": "twitch.tv/{broadcaster}", "Platforms": ["tiktok"],
              "Captions": { "Transcriber": "whisper", "Style": "Boxed" } }
            """,
            """ "Transcription": { "Whisper": { "Model": "/models/base.bin" } } """
        );

        Assert.That(_box.ReadJson(json).Problems, Is.Empty);
    }

    [TestCase(""" "Hook": "{titel}" """, "", "Channels:inbox:Render:Hook", "{titel} is not known here")]
    [TestCase(""" "ThumbnailText": "{gane}" """, "", "Channels:inbox:Render:ThumbnailText", "{gane} is not known here")]
    [TestCase(""" "Credit": "{credit}" """, "", "Channels:inbox:Render:Credit", "{credit} stands for nothing here")]
    [TestCase(
        """ "Captions": { "Transcriber": "Whisper" } """,
        "",
        "Transcription:Whisper:Model",
        "a channel has picked this recogniser, which needs it"
    )]
    [TestCase(
        """ "Captions": { "Transcriber": "Deepgram" } """,
        "",
        "Transcription:Deepgram:KeyFile",
        "a channel has picked this recogniser, which needs it"
    )]
    [TestCase(
        "",
        """ "Transcription": { "OpenAi": { "Url": "http://example.org/v1" } } """,
        "Transcription:OpenAi:Url",
        "secrets would travel uncovered"
    )]
    [TestCase(
        "",
        """ "Transcription": { "Deepgram": { "Url": "deepgram" } } """,
        "Transcription:Deepgram:Url",
        "it is not an address"
    )]
    public void Mistakes_are_told_with_their_key(string render, string root, string key, string what)
    {
        var json = ConfigurationSandbox.WithChannel($$""" "Render": { {{render}} } """, root);

        var problem = _box.ReadJson(json).Problems.Single();

        Assert.That((problem.Key, problem.What), Is.EqualTo((key, what)));
    }

    [Test]
    public void Music_that_is_not_there_is_told_and_stops_nothing()
    {
        var json = ConfigurationSandbox.WithChannel(""" "Render": { "Music": "songs/bed.mp3" } """);

        var problem = _box.ReadJson(json).Problems.Single();

        Assert.That((problem.Key, problem.IsError), Is.EqualTo(("Channels:inbox:Render:Music", false)));
        Assert.That(problem.What, Does.Contain("songs/bed.mp3' does not exist"));
    }
}
