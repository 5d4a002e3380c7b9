using NUnit.Framework;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Tests.Framing;

namespace ShortsDaemon.Tests.Faces;

public sealed class FaceFinderTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("faces-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    private string Write(string xml)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.xml");
        File.WriteAllText(path, xml);
        return path;
    }

    private FaceFinder Finder(string xml) => new(CascadeReader.Read(Write(xml)));

    [TestCase(60, 40, 24)]
    [TestCase(150, 50, 30)]
    public void An_LBP_cascade_finds_its_pattern_at_any_size(int x, int y, int size)
    {
        var frame = Scenery.Flat(240, 135, 60).With(x, y, size, size, 200);

        var faces = Finder(SmallCascades.LightMiddle).Find(frame);

        // The window is three times as wide as the light square in its middle.
        var around = new Region((x - size) / 240d, (y - size) / 135d, 3 * size / 240d, 3 * size / 135d);
        Assert.That(faces, Is.Not.Empty);
        Assert.That(faces[0].Place.Holds(new Region(x / 240d, y / 135d, size / 240d, size / 135d)));
        Assert.That(around.Holds(faces[0].Place));
    }

    [Test]
    public void An_LBP_cascade_finds_nothing_where_nothing_is()
    {
        var finder = Finder(SmallCascades.LightMiddle);

        Assert.That(finder.Find(Scenery.Flat(240, 135, 60)), Is.Empty);
        Assert.That(finder.Find(Scenery.Flat(240, 135, 200).With(60, 40, 24, 24, 60)), Is.Empty, "a dark middle");
    }

    [Test]
    public void A_Haar_cascade_finds_its_pattern()
    {
        // Dark left, light right, and all of it lighter from top to bottom.
        var frame = Scenery.Flat(200, 120, 128).With(80, 40, 40, 40, (c, r) => (c < 20 ? 10 : 180) + r);
        var wrong = Scenery.Flat(200, 120, 128).With(80, 40, 40, 40, (c, r) => (c < 20 ? 180 : 10) + r);
        var finder = Finder(SmallCascades.DarkLeft);

        var faces = finder.Find(frame, new Region(0, 0, 1, 1), 0.28, 0.4);

        var place = new Region(0.4, 40 / 120d, 0.2, 40 / 120d);
        Assert.That(faces, Is.Not.Empty);
        Assert.That(faces[0].Place.Overlap(place), Is.GreaterThan(0.6));
        Assert.That(
            finder.Find(wrong, new Region(0, 0, 1, 1), 0.28, 0.4).Where(f => place.Overlap(f.Place) > 0.5),
            Is.Empty
        );
    }

    [Test]
    public void It_looks_only_where_it_is_told()
    {
        var frame = Scenery.Flat(240, 135, 60).With(60, 40, 24, 24, 200).With(180, 40, 24, 24, 200);

        var faces = Finder(SmallCascades.LightMiddle).Find(frame, new Region(0, 0, 0.5, 1), 0, 1);

        Assert.That(faces, Is.Not.Empty);
        Assert.That(faces.Select(face => face.Place.Right), Is.All.LessThanOrEqualTo(0.53));
    }

    [TestCase("<a/>", "it is not a cascade of OpenCV")]
    [TestCase("no xml", "it is not XML")]
    public void What_is_no_cascade_is_refused(string text, string reason)
    {
        var path = Write(text);

        var e = Assert.Throws<InvalidDataException>(() => CascadeReader.Read(path));
        Assert.That(e!.Message, Does.StartWith(reason));
    }

    [TestCase("<rect>0 0 3 3</rect>", "<rect>5 0 3 3</rect>", "a feature in it is damaged")]
    [TestCase("0 -1 0 1 0", "0 -7 0 1 0", "a tree in it is damaged")]
    [TestCase("0 -1 0 1 0", "0 -1 9 1 0", "a tree in it is damaged")]
    [TestCase(">LBP<", ">HOG<", "its features are HOG; LBP and HAAR are known")]
    [TestCase("<leafValues>1. -1.", "<leafValues>1. x", "it is damaged")]
    public void A_damaged_cascade_is_refused(string what, string by, string reason)
    {
        var path = Write(SmallCascades.LightMiddle.Replace(what, by, StringComparison.Ordinal));

        var e = Assert.Throws<InvalidDataException>(() => CascadeReader.Read(path));
        Assert.That(e!.Message, Does.StartWith(reason));
    }

    [Test]
    public void The_configured_model_is_used_read_anew_when_it_changes_and_its_faults_are_told()
    {
        var path = Write(SmallCascades.LightMiddle);
        var model = new FaceModel(() => new ShortsDaemon.Media.ToolPaths { FaceModel = path });

        Assert.That(model.Look(), Is.EqualTo(new FaceModelState(path, null)));
        var first = model.Open().Finder;
        Assert.That(model.Open().Finder, Is.SameAs(first), "read once");

        File.WriteAllText(path, "gone wrong");
        File.SetLastWriteTimeUtc(path, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(model.Look().Problem, Does.StartWith($"the face model '{path}' cannot be used: it is not XML"));

        File.Delete(path);
        Assert.That(
            model.Look(),
            Is.EqualTo(new FaceModelState(path, $"the face model '{path}' cannot be used: there is no such file"))
        );
    }
}
