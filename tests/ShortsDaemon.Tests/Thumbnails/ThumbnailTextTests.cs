using NUnit.Framework;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.SafeZones;
using ShortsDaemon.Tests.Captions;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Thumbnails;

/// <summary>Where the text of a thumbnail stands, and how large.</summary>
internal sealed class ThumbnailTextTests
{
    private static readonly IReadOnlyList<Box> Masks = PlatformMasks.Of([]);
    private static readonly Box WideFrame = new(0, 0, 1280, 720);

    private TestFolder _folder = null!;
    private FontSet _fonts = null!;

    [SetUp]
    public void MakeFont()
    {
        _folder = new TestFolder();
        _fonts = TestFont.Set(_folder.Root);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private ThumbnailTexts Make(string text, Box[]? upright = null, Box[]? wide = null) =>
        ThumbnailText.Make(text, _fonts, Masks, new ThumbnailPlaces(upright ?? [], wide ?? []));

    [Test]
    public void It_is_in_capitals_in_the_frame_of_each_thumbnail()
    {
        var made = Make("no way");

        Assert.That(made.Upright, Does.Contain("PlayResX: 1080\nPlayResY: 1920\n"));
        Assert.That(made.Wide, Does.Contain("PlayResX: 1280\nPlayResY: 720\n"));
        var events = AssEvent.Read(made.Upright, "none").Concat(AssEvent.Read(made.Wide, "none")).ToList();
        Assert.That(events.Select(e => string.Join(' ', e.Lines)), Is.EqualTo(new[] { "NO WAY", "NO WAY" }));
        Assert.That(events[0].Y, Is.EqualTo(made.UprightBox.CentreY).Within(0.1));
    }

    [TestCase("Wow", 1)]
    [TestCase("He really did that", 2)]
    [TestCase("Nobody expected him to win this one with a knife", 3)]
    public void It_stands_clear_of_masks_in_few_lines_as_large_as_can_be_read(string text, int mostLines)
    {
        var made = Make(text);

        Assert.That(Masks.Where(made.UprightBox.Overlaps), Is.Empty);
        Assert.That(Box.Frame.Contains(made.UprightBox) && WideFrame.Contains(made.WideBox));
        foreach (var (script, box) in new[] { (made.Upright, made.UprightBox), (made.Wide, made.WideBox) })
        {
            var lines = AssEvent.Read(script, "none").Single().Lines;
            var size = SizeIn(script);
            Assert.That(lines, Has.Count.LessThanOrEqualTo(mostLines));
            Assert.That(size, Is.GreaterThanOrEqualTo(76));
            Assert.That(lines.Select(line => _fonts.WidthOf(line, size)), Is.All.LessThanOrEqualTo(box.Width));
        }
    }

    [Test]
    public void It_keeps_clear_of_a_face_while_there_is_room()
    {
        var (face, wideFace) = (new Box(240, 280, 600, 500), new Box(440, 330, 400, 390));

        var made = Make("Look at that", [face], [wideFace]);

        Assert.That(made.UprightBox.Overlaps(face), Is.False);
        Assert.That(Masks.Where(made.UprightBox.Overlaps), Is.Empty);
        Assert.That(made.WideBox.Overlaps(wideFace), Is.False);
    }

    [Test]
    public void A_face_that_fills_the_picture_is_written_over()
    {
        var made = Make("Look at that", [Box.Frame], [WideFrame]);

        Assert.That(made.UprightBox, Is.EqualTo(Make("Look at that").UprightBox));
        Assert.That(made.WideBox, Is.EqualTo(Make("Look at that").WideBox));
    }

    [Test]
    public void The_landscape_one_leaves_the_label_of_the_length_free() =>
        Assert.That(Make("Look at that, everybody").WideBox.Overlaps(new Box(1080, 620, 200, 100)), Is.False);

    [Test]
    public void Far_too_long_a_text_ends_in_an_ellipsis()
    {
        var lines = AssEvent
            .Read(Make(string.Join(' ', Enumerable.Repeat("something", 40))).Upright, "none")
            .Single()
            .Lines;

        Assert.That(lines, Has.Count.EqualTo(3));
        Assert.That(lines[^1], Does.EndWith("…"));
    }

    [Test]
    public void Commands_of_the_file_in_a_text_are_letters() =>
        Assert.That(
            AssEvent.Read(Make(@"{\an7}a\Nb").Upright, "none").SelectMany(e => e.Lines),
            Is.EqualTo(new[] { @"{\AN7}A\NB" })
        );

    private static int SizeIn(string script) =>
        int.Parse(script.Split("Style: Title,")[1].Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);
}
