using NUnit.Framework;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Tests.Filters;

public sealed class NativeTests
{
    [TestCase(1080, 1920, "crop=1080:1920,scale=1080:1920")]
    [TestCase(1080, 2080, "crop=1080:1920,scale=1080:1920")]
    [TestCase(720, 960, "scale=1080:1440,pad=1080:1920:-1:-1")]
    [TestCase(1080, 2400, "scale=864:1920,pad=1080:1920:-1:-1")]
    [TestCase(1920, 1080, "scale=1080:608,pad=1080:1920:-1:-1")]
    public void Fills_the_frame_or_lies_whole_on_black(int width, int height, string graph) =>
        Assert.That(new Native().Filters(new(width, height)), Is.EqualTo(graph));
}
