using NUnit.Framework;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Framing;

/// <summary>Motion in drawn pictures, without faces.</summary>
public sealed class SubjectFinderTests
{
    private static readonly FrameRate Rate = new(30, 1);

    private static SteadyFrames Film(double seconds, Func<double, GreyFrame> at, params double[] cuts) =>
        new(6, Enumerable.Range(0, (int)(seconds * 6)).Select(i => at(i / 6d)), cuts);

    private static GreyFrame Box(double middle) =>
        Scenery.Flat(320, 180, 90).With((int)(middle * 320) - 12, 70, 24, 40, 200);

    private static double Place(double time) => 0.5 + 0.3 * Math.Sin(2 * Math.PI * time / 6);

    [Test]
    public void The_middle_of_what_moves_is_followed()
    {
        var subject = new SubjectFinder(null).Find(Film(12, t => Box(Place(t))), Rate, 360, CancellationToken.None);
        var path = new CameraMan(Rate, 0.316).Follow(subject.Centres, subject.Scenes);

        var seen = path.Centres.Where((centre, i) => Math.Abs(Place(i / 30d) - centre) < (0.316 - 0.075) / 2).Count();
        Assert.That(seen / 360d, Is.GreaterThanOrEqualTo(0.97));
        Assert.That(subject.FaceShare, Is.Zero);
    }

    [Test]
    public void Nothing_moves_so_the_middle_is_shown()
    {
        var subject = new SubjectFinder(null).Find(Film(2, _ => Box(0.2)), Rate, 60, CancellationToken.None);

        Assert.That(subject.Centres, Is.All.EqualTo(0.5));
    }

    [Test]
    public void When_everything_moves_the_middle_is_shown()
    {
        var random = new Random(3);
        var film = Film(4, _ => Scenery.Flat(320, 180, 0).With(0, 0, 320, 180, (_, _) => random.Next(256)));

        var subject = new SubjectFinder(null).Find(film, Rate, 120, CancellationToken.None);

        Assert.That(subject.Centres, Is.All.EqualTo(0.5).Within(0.02));
    }

    [Test]
    public void The_change_at_a_cut_is_no_motion_and_each_scene_has_its_own_subject()
    {
        var film = Film(4, t => Box(t < 2 ? 0.2 + 0.05 * t : 0.75 + 0.05 * (t - 2)), cuts: 2);

        var subject = new SubjectFinder(null).Find(film, Rate, 120, CancellationToken.None);

        Assert.That(subject.Scenes, Is.EqualTo(new[] { 0, 60 }));
        Assert.That(subject.Centres.Take(60), Is.All.InRange(0.15, 0.35));
        Assert.That(subject.Centres.Skip(60), Is.All.InRange(0.7, 0.9));
    }
}
