using NUnit.Framework;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Media.Thumbnails;
using ShortsDaemon.Tests.Cuts;

namespace ShortsDaemon.Tests.Thumbnails;

internal sealed class ThumbnailMomentsTests
{
    [Test]
    public void The_best_is_sharp_and_neither_black_nor_in_a_change()
    {
        // Flat, then rich and still, then black.
        var best = ThumbnailMoments.Best(DrawnRecording.Of("F4 S4 B4"), null, 4);

        Assert.That(best[0].At.TotalSeconds, Is.InRange(4.1, 7.9));
    }

    [Test]
    public void They_are_told_by_the_clock_of_the_Short()
    {
        var cut = new Cut(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9), "");

        var best = ThumbnailMoments.Best(DrawnRecording.Of("S3 F3 S3"), cut, 1);

        Assert.That(best.Single().At.TotalSeconds, Is.InRange(3.1, 5.9));
        Assert.That(ThumbnailMoments.Best(new Sketch([], []), null, 4), Is.Empty);
    }

    [Test]
    public void Each_part_of_the_Short_has_one_and_the_best_of_all_is_the_first()
    {
        var sketch = DrawnRecording.Of("F4 S4 L4 F4");

        var best = ThumbnailMoments.Best(sketch, null, 4);

        Assert.That(best, Has.Count.EqualTo(4));
        foreach (var (moment, part) in best.OrderBy(moment => moment.At).Select((moment, i) => (moment, i)))
            Assert.That(moment.At.TotalSeconds, Is.InRange(4 * part, 4 * part + 4.1), "parts of 4 s");
        Assert.That(best, Is.Ordered.Descending.By(nameof(ThumbnailMoment.Score)));
        Assert.That(best[0], Is.EqualTo(ThumbnailMoments.Best(sketch, null, 1).Single()));
    }
}
