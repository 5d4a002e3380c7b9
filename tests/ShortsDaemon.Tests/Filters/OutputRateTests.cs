using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Tests.Filters;

public sealed class OutputRateTests
{
    [TestCase(30, 1, 60, "30")]
    [TestCase(30000, 1001, 60, "30000/1001")]
    [TestCase(24000, 1001, 60, "24000/1001")]
    [TestCase(60000, 1001, 60, "60000/1001")]
    [TestCase(60000, 1001, 30, "30000/1001")]
    [TestCase(25, 1, 60, "25")]
    [TestCase(50, 1, 30, "25")]
    [TestCase(120, 1, 60, "60")]
    [TestCase(240, 1, 60, "60")]
    [TestCase(144, 1, 60, "30")]
    [TestCase(37037, 1000, 60, "30")]
    [TestCase(5, 1, 60, "30")]
    [TestCase(0, 0, 60, "30")]
    [TestCase(5, 1, 25, "25")]
    [TestCase(30, 1, 24, "24")]
    [TestCase(30, 1, 10, "10")]
    public void The_sources_own_rate_or_the_nearest_that_fits(
        int numerator,
        int denominator,
        int fastest,
        string expected
    ) => Assert.That(OutputRate.For(new(numerator, denominator), fastest).ToString(), Is.EqualTo(expected));
}
