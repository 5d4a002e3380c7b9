using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Media.Thumbnails;
using ShortsDaemon.Tests.Cuts;
using ShortsDaemon.Tests.Faces;
using ShortsDaemon.Tests.Filters;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.Tests.Framing;

namespace ShortsDaemon.Tests.Thumbnails;

/// <summary>What a face, its size, its sharpness and its eyes change in the choice.</summary>
public sealed class ThumbnailFinderTests
{
    private static readonly IReadOnlyList<ThumbnailMoment> Moments =
    [
        new(TimeSpan.FromSeconds(2), 16, 1.0),
        new(TimeSpan.FromSeconds(5), 40, 0.8),
        new(TimeSpan.FromSeconds(9), 72, 0.7),
    ];

    private static Portrait Face(double height, double sharpness = 10, bool? open = null) =>
        new([new Region(0.3, 0.2, height / 2, height)], sharpness, open);

    private static Thumbnail Choose(params Portrait?[] portraits) => ThumbnailFinder.Choose(Moments, portraits);

    [Test]
    public void Without_faces_the_best_picture_is_taken_and_nothing_is_said()
    {
        var chosen = Choose(null, null, null);

        Assert.That((chosen.At, chosen.Reason), Is.EqualTo((TimeSpan.FromSeconds(2), (string?)null)));
        Assert.That(chosen.Faces, Is.Empty);
    }

    [Test]
    public void A_large_face_goes_before_a_picture_that_is_a_little_better()
    {
        var chosen = Choose(null, Face(0.5), null);

        Assert.That(chosen.At.TotalSeconds, Is.EqualTo(5));
        Assert.That(chosen.Reason, Is.EqualTo("thumbnail from 5.0 s and not from 2.0 s: a face is seen"));
        Assert.That(chosen.Faces.Single().Height, Is.EqualTo(0.5));
    }

    [Test]
    public void A_small_face_does_not_make_up_for_a_far_worse_picture() =>
        Assert.That(Choose(null, null, Face(0.1)).At.TotalSeconds, Is.EqualTo(2));

    [Test]
    public void Of_two_faces_the_sharper_or_larger_one_is_taken()
    {
        Assert.That(Choose(Face(0.5, 4), Face(0.5, 20), null).At.TotalSeconds, Is.EqualTo(5), "sharper");
        Assert.That(Choose(Face(0.12), null, Face(0.6)).At.TotalSeconds, Is.EqualTo(9), "larger");
        Assert.That(Choose(Face(0.12), null, Face(0.6)).Reason, Does.EndWith(": the face is larger or sharper"));
    }

    [Test]
    public void Shut_eyes_are_passed_over_where_the_same_Short_shows_open_ones()
    {
        var chosen = Choose(Face(0.5, open: false), Face(0.5, open: true), Face(0.5, open: false));

        Assert.That(chosen.At.TotalSeconds, Is.EqualTo(5));
        Assert.That(chosen.Reason, Does.EndWith(": the eyes are open"));
    }

    [Test]
    public void Eyes_that_are_never_seen_change_nothing()
    {
        var chosen = Choose(Face(0.5, open: false), Face(0.5, open: false), Face(0.5));

        Assert.That((chosen.At.TotalSeconds, chosen.Reason), Is.EqualTo((2, (string?)null)));
    }

    /// <summary>A light square is a face, and a small one in its upper half is an eye.</summary>
    [TestCase(125, true, TestName = "An eye above the middle of a face")]
    [TestCase(275, false, TestName = "A mouth is no eye")]
    [TestCase(null, false, TestName = "A face without eyes")]
    public void Eyes_are_looked_for_in_the_upper_half_of_a_face(int? y, bool isOpen)
    {
        using var folder = new TestFolder();
        var finder = Finder(folder, SmallCascades.LightMiddle);
        // The window around it is about three times as large.
        var face = Scenery.Flat(640, 360, 60).With(270, 130, 100, 100, 200);
        var drawn = y is { } top ? face.With(222, top, 20, 20, 200) : face;

        var portrait = Portrait.Of(drawn, finder, finder)!;

        Assert.That(portrait.Height, Is.InRange(0.6, 1));
        Assert.That(portrait.Sharpness, Is.GreaterThan(0));
        Assert.That(portrait.EyesOpen, Is.EqualTo(isOpen));
        Assert.That(Portrait.Of(drawn, finder, eyes: null)!.EyesOpen, Is.Null, "nobody can tell");
        Assert.That(Portrait.Of(Scenery.Flat(640, 360, 60), finder, finder), Is.Null, "no face");
    }

    [Test]
    public void The_file_for_eyes_is_found_beside_the_face_model()
    {
        using var folder = new TestFolder();
        var tools = new ToolPaths { FaceModel = folder.Write("lbpcascades/face.xml", SmallCascades.LightMiddle) };
        var model = new FaceModel(() => tools);

        Assert.That(model.OpenEyes(), Is.Null);
        folder.Write("haarcascades/haarcascade_eye.xml", "of another form");
        Assert.That(model.OpenEyes(), Is.Null);
        folder.Write("lbpcascades/haarcascade_eye.xml", SmallCascades.DarkLeft);
        Assert.That(model.OpenEyes(), Is.Not.Null);
        Assert.That(model.Open().Finder, Is.Not.Null.And.Not.SameAs(model.OpenEyes()));
    }

    [Test]
    public void Of_the_pictures_looked_at_the_one_with_the_face_is_taken()
    {
        using var folder = new TestFolder();
        var tools = new ToolPaths { FaceModel = folder.Write("face.xml", SmallCascades.LightMiddle) };
        var plain = Scenery.Flat(160, 90, 60);
        var drawn = DrawnRecording.Of("S4 S4 S4 S4");
        // Of 128 pictures each 16th; the light square is in that at 8 s.
        var stills = Enumerable.Range(0, 8).Select(i => i == 4 ? plain.With(70, 30, 20, 20, 200) : plain).ToList();
        var seen = new Sketch(PicturesOf(drawn), []) { Stills = stills, StillStep = 16 };
        var blind = new Sketch(PicturesOf(drawn), []) { Stills = [.. stills.Select(_ => plain)], StillStep = 16 };

        var chosen = new ThumbnailFinder(new FaceModel(() => tools)).Find(seen, null)!;

        Assert.That(chosen.At.TotalSeconds, Is.EqualTo(8).Within(1e-6));
        Assert.That(chosen.Faces, Has.Count.EqualTo(1));
        Assert.That(chosen.Reason, Does.Match("^thumbnail from 8.0 s and not from [0-9.]+ s: a face is seen$"));
        var none = new ThumbnailFinder(new FaceModel(() => tools)).Find(blind, null)!;
        Assert.That(none.At, Is.EqualTo(ThumbnailMoments.Best(drawn, null, 1)[0].At), "as without a look at faces");
        Assert.That((none.Reason, none.Faces.Count), Is.EqualTo(((string?)null, 0)));
    }

    [TestCase(6, 4)]
    [TestCase(180, 60)]
    public void The_stills_come_out_of_the_same_decode(int seconds, int step)
    {
        var info = new MediaInfo("mov", TimeSpan.FromSeconds(seconds), 1, VideoStreams.Of(1920, 1080), null, 1, 0);

        var plain = string.Join(' ', RecordingSketcher.Arguments("/a.mp4", info, 0, 0, new SketchFiles("/s")));
        var closer = string.Join(
            ' ',
            RecordingSketcher.Arguments("/a.mp4", info, RecordingSketcher.StillStep(info), 2, new SketchFiles("/s"))
        );

        const string small = "scale=96:96:flags=area,format=gray[v]";
        Assert.That(
            plain,
            Does.Contain($"-filter_complex [0:0]fps=8:start_time=0,{small} -map [v] -t 600 -f rawvideo file:/s.grey")
        );
        Assert.That(plain, Does.EndWith("file:/s.grey"));
        Assert.That(
            closer,
            Does.Contain(
                $"-filter_complex [0:0]fps=8:start_time=0,split[p][q];[p]{small};[q]framestep={step},scale=480:270:flags=area,format=gray[s] "
                    + "-map [v] -t 600 -f rawvideo file:/s.grey -map [s] -frames:v 24 -f rawvideo file:/s.stills"
            )
        );
    }

    private static byte[] PicturesOf(Sketch sketch) =>
        [.. Enumerable.Range(0, sketch.Count).SelectMany(i => sketch.Picture(i).ToArray())];

    private static FaceFinder Finder(TestFolder folder, string xml) =>
        new(CascadeReader.Read(folder.Write($"{Guid.NewGuid():N}.xml", xml)));
}
