using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Tests.Configuration;

public sealed class NearestTests
{
    [TestCase("", "", 0)]
    [TestCase("abc", "", 3)]
    [TestCase("Zoen", "Zone", 1)]
    [TestCase("Lane", "Lanes", 1)]
    [TestCase("kitten", "sitting", 3)]
    public void Counts_typing_errors(string a, string b, int distance)
    {
        Assert.That(Nearest.Distance(a, b), Is.EqualTo(distance));
        Assert.That(Nearest.Distance(b, a), Is.EqualTo(distance));
    }

    [TestCase("pathh", "Path")]
    [TestCase("whatever", null)]
    public void Hints_only_at_what_is_near(string written, string? meant) =>
        Assert.That(Nearest.To(written, ["Type", "Path", "Name"]), Is.EqualTo(meant));
}
