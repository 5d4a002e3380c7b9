using NUnit.Framework;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Tests.Filters;

/// <summary>Where something of the recording, here the fifth of a 1080p picture right of its middle, is in the frame.</summary>
internal sealed class ProjectionTests
{
    private static readonly Size Source = new(1920, 1080);
    private static readonly Region Right = new(0.5, 0.4, 0.2, 0.2);

    private static readonly Layout[] Layouts =
    [
        new BlurredBackdrop(),
        new CentreCrop(),
        new FacecamSplit(new Region(0, 1 / 3d, 0.25, 1 / 3d)),
        new TrackingCrop(new CameraPath(new(10, 1), [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0.5 : 0.6)])),
        new Native(),
    ];

    // Worked out by hand from the golden graphs.
    [TestCase(0, 540, 899, 216, 122)]
    [TestCase(1, 540, 768, 540, 384)]
    [TestCase(2, 493, 1254, 396, 222)]
    [TestCase(3, 199, 768, 682, 384)]
    [TestCase(4, 540, 898, 216, 123)]
    public void It_is_where_the_layout_shows_it(int layout, int x, int y, int width, int height)
    {
        var box = Layouts[layout].Shows(Source, TimeSpan.FromSeconds(1.5)).Of(Right)!.Value;

        Assert.That(
            new[] { box.X, box.Y, box.Width, box.Height },
            Is.EqualTo(new[] { x, y, width, height }).Within(3),
            $"{box}"
        );
    }

    [Test]
    public void What_is_cut_off_is_nowhere() =>
        Assert.That(new CentreCrop().Shows(Source, TimeSpan.Zero).Of(new Region(0, 0, 0.2, 1)), Is.Null);

    [Test]
    public void The_landscape_picture_shows_a_tall_one_in_its_middle()
    {
        Assert.That(
            WidePicture.Shows(Source).Of(new Region(0.5, 0.25, 0.25, 0.25)),
            Is.EqualTo(new Box(640, 180, 320, 180))
        );
        Assert.That(
            WidePicture.Shows(new Size(1080, 1920)).Of(new Region(0, 0, 1, 1)),
            Is.EqualTo(new Box(438, 0, 404, 720))
        );
    }
}
