using NUnit.Framework;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

/// <summary>What stands in the picture together belongs together.</summary>
public sealed class CueTests
{
    private readonly TestFolder _folder = new();
    private FontSet _fonts = null!;

    [OneTimeSetUp]
    public void MakeFont() => _fonts = TestFont.Set(_folder.Root);

    [OneTimeTearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public void A_phrase_and_an_emoji_stay_with_what_they_belong_to()
    {
        const string Srt = """
            00:00:00,000 --> 00:00:01,800
            watch this rocket jump

            00:00:02,000 --> 00:00:04,000
            no way! 😂

            00:00:04,100 --> 00:00:04,400
            did

            00:00:04,500 --> 00:00:05,000
            you see
            """;

        Assert.That(
            CuesOf(Transcript.Of(SubtitleFile.Read(Srt))),
            Is.EqualTo(new[] { "watch this rocket", "jump", "no way! 😂", "did you see" })
        );
    }

    private IEnumerable<string> CuesOf(Transcript said) =>
        OverlayMaker
            .Make(new OverlayRequest(TimeSpan.FromSeconds(10)) { Transcript = said, MaxWords = 3 }, _fonts)
            .Cues.Select(cue => string.Join(' ', cue.Words.Select(word => word.Text)));
}
