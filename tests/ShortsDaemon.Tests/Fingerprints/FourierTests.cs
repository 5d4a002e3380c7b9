using NUnit.Framework;
using ShortsDaemon.Media.Fingerprints;

namespace ShortsDaemon.Tests.Fingerprints;

internal sealed class FourierTests
{
    [TestCase(5)]
    [TestCase(100)]
    [TestCase(511)]
    public void The_power_of_a_tone_stands_at_its_frequency(int bin)
    {
        const int Size = 1024;
        short[] tone =
        [
            .. Enumerable.Range(0, Size).Select(i => (short)(10000 * Math.Cos(2 * Math.PI * bin * i / Size))),
        ];
        var power = new double[Size / 2];

        new Fourier(Size).Power(tone, power);

        Assert.That(power.Index().MaxBy(p => p.Item).Index, Is.EqualTo(bin));
        // A Hann window halves the amplitude and spreads it over one bin on either side.
        Assert.That(Math.Sqrt(power[bin]), Is.EqualTo(10000.0 * Size / 4).Within(1).Percent);
        Assert.That(power.Where((_, i) => Math.Abs(i - bin) > 1).Max(), Is.LessThan(power[bin] / 1e6));
    }
}
