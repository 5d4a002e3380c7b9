using NUnit.Framework;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Framing;

/// <summary>Places are fractions of the width of a 16:9 picture, of which the cut takes not quite a third.</summary>
public sealed class CameraManTests
{
    private static readonly FrameRate Rate = new(30, 1);
    private static readonly double Share = TrackingCrop.ShareOf(new Size(1920, 1080));

    private static CameraPath Follow(IReadOnlyList<double> subject, params int[] cuts) =>
        new CameraMan(Rate, Share).Follow(subject, [0, .. cuts]);

    private static double[] Subject(double seconds, Func<double, double> at) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate.PerSecond)).Select(i => at(i / Rate.PerSecond))];

    /// <summary>Largest change of speed, in widths of the cut per s².</summary>
    private static double Acceleration(IReadOnlyList<double> path) =>
        path.Count < 3
            ? 0
            : Enumerable
                .Range(1, path.Count - 2)
                .Max(i => Math.Abs(path[i + 1] - 2 * path[i] + path[i - 1]) * Rate.PerSecond * Rate.PerSecond / Share);

    /// <summary>Share of the frames in which the whole subject is seen.</summary>
    private static double Seen(double[] subject, IReadOnlyList<double> path, double width) =>
        (double)subject.Where((place, i) => Math.Abs(place - path[i]) <= (Share - width) / 2).Count() / subject.Length;

    private static double Swing(double time) => 0.5 + 0.3 * Math.Sin(2 * Math.PI * time / 6);

    private static double Walk(double time) => Math.Min(0.9, 0.1 + time * 0.16);

    private static double Stops(double time) => (int)(time / 3) % 2 == 0 ? 0.3 : 0.55;

    [TestCase(nameof(Swing))]
    [TestCase(nameof(Walk))]
    [TestCase(nameof(Stops))]
    public void A_moving_subject_stays_in_the_picture_and_the_camera_is_gentle(string motion)
    {
        Func<double, double> at = motion switch
        {
            nameof(Swing) => Swing,
            nameof(Walk) => Walk,
            _ => Stops,
        };
        var subject = Subject(20, at);

        var path = Follow(subject).Centres;

        var (seen, most) = (Seen(subject, path, 0.08), Acceleration(path));
        TestContext.Out.WriteLine($"{motion}: seen in {seen:P1}, at most {most:0.00} widths/s²");
        Assert.That(seen, Is.GreaterThanOrEqualTo(0.97));
        Assert.That(most, Is.LessThanOrEqualTo(CameraMan.MostAcceleration * 1.001));
    }

    [Test]
    public void A_still_subject_that_is_found_a_little_aside_each_time_moves_nothing()
    {
        var random = new Random(5);
        var subject = Subject(10, _ => 0.4 + 0.02 * (random.NextDouble() - 0.5));

        var path = Follow(subject).Centres;

        Assert.That(path.Max() - path.Min(), Is.LessThan(0.5 / 1920), "less than half a pixel");
    }

    [Test]
    public void However_wild_the_subject_the_camera_stays_gentle_and_inside()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var place = 0.5;
            var subject = Subject(15, _ => random.Next(20) == 0 ? place = random.NextDouble() : place);

            var path = Follow(subject).Centres;

            Assert.That(Acceleration(path), Is.LessThanOrEqualTo(CameraMan.MostAcceleration * 1.001), $"seed {seed}");
            Assert.That(path, Is.All.InRange(Share / 2 - 1e-9, 1 - Share / 2 + 1e-9), $"seed {seed}");
        }
    }

    [Test]
    public void A_cut_is_a_new_beginning_at_once()
    {
        var path = Follow(Subject(4, time => time < 2 ? 0.2 : 0.8), cuts: 60).Centres;

        Assert.That(path[59], Is.EqualTo(0.2).Within(0.001));
        Assert.That(path[60], Is.EqualTo(0.8).Within(0.001));
    }

    [Test]
    public void It_sets_out_before_the_subject_does()
    {
        var path = Follow(Subject(6, time => time < 3 ? 0.3 : 0.7)).Centres;

        Assert.That(path[(int)(2.8 * 30)], Is.GreaterThan(0.301));
        Assert.That(path[^1], Is.EqualTo(0.7 - 0.12 * Share).Within(0.002));
    }
}
