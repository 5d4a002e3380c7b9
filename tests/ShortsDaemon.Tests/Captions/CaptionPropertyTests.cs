using System.Text;
using NUnit.Framework;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.SafeZones;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

/// <summary>What must hold for captions of anything that anybody says.</summary>
public sealed class CaptionPropertyTests
{
    private static readonly int Transcripts = Torture.IsLong ? 10_000 : 1_500;

    // Words may be off by a hundredth of a second of the format and by those that are said at once.
    private const double Tolerance = 0.08;

    private readonly TestFolder _folder = new();
    private FontSet _fonts = null!;

    [OneTimeSetUp]
    public void MakeFont() => _fonts = TestFont.Set(_folder.Root);

    [OneTimeTearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public void Nothing_overlaps_nothing_is_covered_and_every_word_is_on_time()
    {
        var random = new Random(5);
        var seen = 0;
        for (var round = 0; round < Transcripts; round++)
        {
            var transcript = Transcript.Of(RandomTranscript.Of(random));
            var length = transcript.Words.Count > 0 ? transcript.Words[^1].End + TimeSpan.FromSeconds(1) : default;
            var request = new OverlayRequest(length)
            {
                Transcript = transcript,
                Style = (CaptionStyleName)(round % 3),
                MaxWords = random.Next(1, 5),
                Platforms = round % 2 == 0 ? [] : [(Platform)random.Next(3)],
                Hook = random.Next(2) == 0 ? @"{\pos(0,0)} nobody expected this" : "",
                Credit = random.Next(2) == 0 ? "twitch.tv/someone" : "",
            };

            var overlay = OverlayMaker.Make(request, _fonts);

            seen += Check(request, overlay, $"round {round}");
        }
        Assert.That(seen, Is.GreaterThan(10 * Transcripts), "words");
    }

    private static int Check(OverlayRequest request, Overlay overlay, string round)
    {
        var style = CaptionStyle.Of(request.Style);
        var events = AssEvent.Read(overlay.Script, $@"\1c{style.Current}").Where(e => e.Style == "Caption").ToList();
        var masks = PlatformMasks.Of(request.Platforms);
        var texts = overlay.Boxes.Where(place => place.Key != OverlayMaker.Captions).Select(place => place.Value);
        List<Box> covered = [.. masks, .. texts];
        var ended = 0.0;
        foreach (var shown in events)
        {
            Assert.That(shown.Start, Is.GreaterThanOrEqualTo(ended), $"{round}: two at once");
            ended = shown.End;
            var drawn = Drawn(shown, style);
            Assert.That(
                covered.Where(drawn.Overlaps),
                Is.Empty,
                $"{round}: {string.Join('|', shown.Lines)} at {drawn}"
            );
            Assert.That(Box.Frame.Contains(drawn), $"{round}: {drawn} is not in the frame");
            Assert.That(shown.Lines, Has.Count.LessThanOrEqualTo(2));
        }
        Assert.That(ended, Is.LessThanOrEqualTo(request.Length.TotalSeconds + 0.005), round);
        return CheckTimes(request.Transcript!, events, style, round);
    }

    // The widths are the test's own, and so is the adding up.
    private static Box Drawn(AssEvent shown, CaptionStyle style)
    {
        var width = (int)Math.Ceiling(shown.Lines.Max(line => WidthOf(line, style.Size))) + 2 * style.Border;
        var height = shown.Lines.Count * style.Size + 2 * style.Border;
        return new((int)Math.Floor(shown.X - width / 2.0), (int)Math.Floor(shown.Y - height / 2.0), width, height);
    }

    private static double WidthOf(string line, int size) =>
        line.EnumerateRunes()
            .Where(rune => !IsMark(rune))
            .Sum(rune => TestFont.UnitsOf(rune.Value) is > 0 and var units ? (double)units / TestFont.Height : 1.25)
        * size;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune).ToString() is "NonSpacingMark" or "EnclosingMark" or "Format";

    /// <summary>Each word is highlighted, in whole or part by part, from when it is said.</summary>
    private static int CheckTimes(Transcript transcript, List<AssEvent> events, CaptionStyle style, string round)
    {
        var next = 0;
        foreach (var word in transcript.Words)
        {
            var plain = word.Text.Replace(" ", "");
            var wanted = style.IsCapitals ? plain.ToUpperInvariant() : plain;
            Assert.That(next, Is.LessThan(events.Count), $"{round}: '{word.Text}' is missing");
            Assert.That(
                events[next].Start,
                Is.EqualTo(word.Start.TotalSeconds).Within(Tolerance),
                $"{round}: '{word.Text}'"
            );
            var shown = "";
            while (shown.Length < wanted.Length && next < events.Count)
                shown += events[next++].Highlight;
            Assert.That(shown, Is.EqualTo(wanted), round);
        }
        Assert.That(next, Is.EqualTo(events.Count), $"{round}: more than was said");
        return transcript.Words.Count;
    }
}
