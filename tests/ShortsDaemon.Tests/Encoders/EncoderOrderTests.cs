using NUnit.Framework;
using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Tests.Encoders;

public sealed class EncoderOrderTests
{
    [TestCase(true, "h264_videotoolbox libx264")]
    [TestCase(false, "h264_nvenc h264_qsv h264_vaapi h264_amf libx264")]
    public void Platform_order_ends_with_libx264(bool onMac, string expected) =>
        Assert.That(PlatformEncoders.InOrder(onMac).Select(e => e.Name), Is.EqualTo(expected.Split(' ')));

    [Test]
    public void Preferred_names_come_first_in_their_own_order()
    {
        var order = EncoderOrder.Of(PlatformEncoders.InOrder(onMac: false), ["h264_vaapi", "LIBX264", "h264_vaapi"]);

        Assert.That(
            order.Encoders.Select(e => e.Name),
            Is.EqualTo(["h264_vaapi", "libx264", "h264_nvenc", "h264_qsv", "h264_amf"])
        );
        Assert.That(order.UnknownNames, Is.Empty);
    }

    [Test]
    public void Unknown_names_are_reported_and_change_nothing()
    {
        var platform = PlatformEncoders.InOrder(onMac: false);

        var order = EncoderOrder.Of(platform, ["h264_nvencc", "h264_videotoolbox"]);

        Assert.That(order.Encoders, Is.EqualTo(platform));
        Assert.That(order.UnknownNames, Is.EqualTo(["h264_nvencc", "h264_videotoolbox"]));
    }
}
