using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.IntegrationTests.Media;

/// <summary>Texts over real pictures: where they stand, and that nothing said can do anything but be seen.</summary>
public sealed class CaptionTests
{
    private const int Seen = 60;
    private const double Length = 2;

    private string _source = null!;
    private Picture _plain = null!;
    private FontSet _fonts = null!;

    [OneTimeSetUp]
    public async Task MakePlainAsync()
    {
        _fonts = await new FontFinder(Studio.Processes).FindAsync("", CancellationToken.None);
        _source = await Recording.MakeAsync("grey.mp4", Recording.Of("color=gray:s=640x360:r=25", null, Length));
        _plain = (await FramesAsync(overlay: null, 1))[0];
    }

    [Test]
    public async Task Captions_stand_in_their_place_as_wide_as_was_measured_and_nowhere_else(
        [Values] CaptionStyleName style
    )
    {
        var overlay = Said(style, ("Immer", 0.5), ("wieder", 0.8));

        var drawn = (await FramesAsync(overlay, 0.75))[0].ApartFrom(_plain, Seen);

        var text = style == CaptionStyleName.BoldPop ? "IMMER WIEDER" : "Immer wieder";
        var (size, border) = style switch
        {
            CaptionStyleName.BoldPop => (78, 6),
            CaptionStyleName.Clean => (68, 3),
            _ => (66, 18),
        };
        Assert.That(drawn.Count, Is.GreaterThan(5000), "px that differ");
        Assert.That(overlay.Boxes[OverlayMaker.Captions].Contains(drawn.Box), $"{drawn.Box}");
        Assert.That(drawn.Box.Width, Is.EqualTo(_fonts.WidthOf(text, size) + 2 * border).Within(24));
    }

    /// <summary>Commands and separators of the file and of the graph, letters of many scripts, and what no font has.</summary>
    [Test]
    public async Task Whatever_is_said_stays_in_its_place()
    {
        string[] words =
        [
            @"{\pos(0,0)}",
            @"\N{\an7}\fs400",
            @"',';[x]:=\'%{n}",
            "{\\p1}m",
            "}",
            "привет",
            "مرحبا",
            "今日は",
            "👍👨‍👩‍👧",
        ];
        var overlay = Said(CaptionStyleName.BoldPop, [.. words.Select((word, i) => (word + "x.", 0.2 * i))]);

        var frames = await FramesAsync(overlay, [.. words.Select((_, i) => 0.2 * i + 0.15)]);

        Assert.That(overlay.Cues, Has.Count.EqualTo(words.Length), "each alone");
        for (var i = 0; i < words.Length; i++)
        {
            var drawn = frames[i].ApartFrom(_plain, Seen);
            Assert.That(drawn.Count, Is.GreaterThan(200), words[i]);
            Assert.That(overlay.Boxes[OverlayMaker.Captions].Contains(drawn.Box), $"{words[i]} at {drawn.Box}");
        }
    }

    [Test]
    public async Task Hook_and_credit_stand_in_their_places_and_the_hook_leaves()
    {
        var request = new OverlayRequest(TimeSpan.FromSeconds(Length))
        {
            Hook = "He said {what}?",
            HookTime = TimeSpan.FromSeconds(1),
            Credit = "twitch.tv/someone",
        };
        var overlay = OverlayMaker.Make(request, _fonts);
        var (hook, credit) = (overlay.Boxes[OverlayMaker.Hook], overlay.Boxes[OverlayMaker.Credit]);

        var frames = await FramesAsync(overlay, 0.5, 1.3);

        var both = frames[0].ApartFrom(_plain, Seen).Box;
        var later = frames[1].ApartFrom(_plain, Seen).Box;
        Assert.That(both.Y, Is.InRange(hook.Y, hook.Bottom), "the hook is there");
        Assert.That(both.Bottom, Is.InRange(credit.Y, credit.Bottom), "the credit is there");
        Assert.That(credit.Contains(later), $"only the credit is left: {later}");
    }

    private Overlay Said(CaptionStyleName style, params (string Text, double Start)[] words)
    {
        var transcript = Transcript.Of(
            words.Select(w => new Word(w.Text, TimeSpan.FromSeconds(w.Start), TimeSpan.FromSeconds(w.Start + 0.2)))
        );
        return OverlayMaker.Make(new(TimeSpan.FromSeconds(Length)) { Transcript = transcript, Style = style }, _fonts);
    }

    /// <returns>The frames at these seconds of a Short with this overlay.</returns>
    private async Task<IReadOnlyList<Picture>> FramesAsync(Overlay? overlay, params double[] seconds)
    {
        var request = Studio.Request(_source);
        if (overlay is not null)
            request = request with
            {
                Overlay = async (folder, _, cancel) =>
                {
                    await OverlayFiles.WriteAsync(overlay, folder, cancel);
                    return true;
                },
            };
        using var encoders = Studio.Encoders();
        var maker = new ShortMaker(Studio.Processes, Studio.Probe, encoders, () => new ToolPaths());
        await maker.MakeAsync(request, null, CancellationToken.None);
        List<Picture> frames = [];
        foreach (var second in seconds)
            frames.Add(await Picture.ReadAsync(request.Video, second));
        return frames;
    }
}
