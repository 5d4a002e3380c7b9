using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Tests.Filters;

public sealed class RegionTests
{
    private static readonly Region Square = new(0.2, 0.2, 0.4, 0.4);

    [TestCase(0.2, 0.2, 0.4, 0.4, 1)]
    [TestCase(0.4, 0.2, 0.4, 0.4, 1 / 3d)]
    [TestCase(0.3, 0.3, 0.2, 0.2, 0.25)]
    [TestCase(0.6, 0.2, 0.4, 0.4, 0)]
    public void Overlap(double x, double y, double width, double height, double expected) =>
        Assert.That(Square.Overlap(new(x, y, width, height)), Is.EqualTo(expected).Within(1e-9));

    [Test]
    public void Holds_what_has_its_middle_in_it()
    {
        Assert.That(Square.Holds(new(0.5, 0.5, 0.1, 0.1)), Is.True);
        Assert.That(Square.Holds(new(0.55, 0.5, 0.2, 0.1)), Is.False);
    }
}
