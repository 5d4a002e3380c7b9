using NUnit.Framework;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;

namespace ShortsDaemon.Tests.Framing;

/// <summary>Drawn games with a drawn overlay; the faces are given, only the rectangle has to be found.</summary>
public sealed class FacecamFinderTests
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Looks = 10;

    private static readonly IReadOnlyList<Face> Nobody = [];

    // Blocks of random light, somewhere else in each picture: what a game looks like to an edge.
    private static GreyFrame Game(int seed)
    {
        var random = new Random(seed);
        var frame = Scenery.Flat(Width, Height, (byte)random.Next(60, 180));
        for (var i = 0; i < 60; i++)
            frame = frame.With(
                random.Next(-40, Width),
                random.Next(-40, Height),
                random.Next(20, 120),
                random.Next(20, 120),
                random.Next(256)
            );
        return frame;
    }

    // A room with a shelf and a door that stay, and a head that moves a little.
    private static GreyFrame WithFacecam(GreyFrame game, int seed, int x, int y, int width, int height)
    {
        var sway = new Random(seed).Next(-4, 5);
        return game.With(x, y, width, height, (column, row) => 70 + 40 * row / height + column % 3)
            .With(x + width / 8, y + height / 6, width / 5, 3, 200)
            .With(x + width * 3 / 4, y + height / 3, 3, height * 2 / 3, 30)
            .With(x + width * 2 / 5 + sway, y + height / 3, width / 5, height / 3, 190);
    }

    private static Region Share(int x, int y, int width, int height) =>
        new((double)x / Width, (double)y / Height, (double)width / Width, (double)height / Height);

    private static Face FaceIn(int x, int y, int width, int height) =>
        new(Share(x + width * 2 / 5, y + height / 3, width / 5, height / 3), 5);

    private static FaceSighting Look(int x, int y, int width, int height, bool isDrawn = true)
    {
        GreyFrame[] frames =
        [
            .. Enumerable.Range(0, Looks).Select(i => isDrawn ? WithFacecam(Game(i), i, x, y, width, height) : Game(i)),
        ];
        return FacecamFinder.Judge(frames, [.. frames.Select(_ => new[] { FaceIn(x, y, width, height) })]);
    }

    [TestCase(0, 0, 160, 120)]
    [TestCase(480, 0, 160, 120)]
    [TestCase(0, 240, 160, 120)]
    [TestCase(480, 240, 160, 120)]
    [TestCase(12, 200, 192, 108)]
    [TestCase(400, 10, 213, 120)]
    [TestCase(0, 120, 160, 120)]
    [TestCase(240, 240, 128, 120)]
    public void The_rectangle_of_an_overlay_is_found(int x, int y, int width, int height)
    {
        var sighting = Look(x, y, width, height);

        Assert.That(sighting.Facecam, Is.Not.Null, sighting.Words);
        var overlap = sighting.Facecam!.Value.Overlap(Share(x, y, width, height));
        TestContext.Out.WriteLine($"overlap {overlap:0.000}");
        Assert.That(overlap, Is.GreaterThanOrEqualTo(0.8));
    }

    [Test]
    public void A_face_in_the_game_is_no_facecam()
    {
        var sighting = Look(200, 100, 160, 120, isDrawn: false);

        Assert.That(sighting.Facecam, Is.Null);
        Assert.That(sighting.Words, Is.EqualTo("a face stays in its place, but no frame around it was found"));
    }

    [Test]
    public void A_face_that_fills_the_picture_is_no_facecam()
    {
        GreyFrame[] frames = [.. Enumerable.Range(0, Looks).Select(Game)];
        var sighting = FacecamFinder.Judge(
            frames,
            [.. frames.Select(_ => new[] { new Face(new(0.3, 0.2, 0.3, 0.5), 9) })]
        );

        Assert.That(
            sighting,
            Is.EqualTo(sighting with { Facecam = null, FaceShare = 1, Words = "the face fills the picture" })
        );
    }

    [Test]
    public void Faces_that_come_and_go_are_no_facecam()
    {
        GreyFrame[] frames = [.. Enumerable.Range(0, Looks).Select(Game)];
        var walks = frames.Select((_, i) => new[] { new Face(new(0.09 * i, 0.2, 0.05, 0.1), 9) });

        Assert.That(FacecamFinder.Judge(frames, [.. walks]).Words, Is.EqualTo("no face stays in its place"));
        Assert.That(FacecamFinder.Judge(frames, [.. frames.Select(_ => Nobody)]).Words, Is.EqualTo("no face was seen"));
    }

    [Test]
    public void A_frame_stands_out_where_it_is_and_nowhere_else()
    {
        GreyFrame[] frames = [.. Enumerable.Range(0, Looks).Select(i => WithFacecam(Game(i), i, 480, 240, 160, 120))];
        var edges = new OverlayEdges(frames);

        Assert.That(edges.Clarity(Share(480, 240, 160, 120)), Is.GreaterThanOrEqualTo(OverlayEdges.Clear));
        Assert.That(edges.Clarity(Share(0, 0, 160, 120)), Is.LessThan(OverlayEdges.Clear));
        Assert.That(edges.Clarity(Share(300, 100, 160, 120)), Is.LessThan(OverlayEdges.Clear));
    }
}
