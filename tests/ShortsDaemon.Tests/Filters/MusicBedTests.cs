using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Filters;

namespace ShortsDaemon.Tests.Filters;

public sealed class MusicBedTests
{
    private static readonly Music Music = new("/m.mp3", 0, -9, -18);

    [Test]
    public void It_lies_below_the_own_sound_whatever_the_levels_of_both()
    {
        var bed = MusicBed.Under(Music, new Loudness(-30, -10, 0), -14);

        Assert.That(bed.GainDb, Is.EqualTo(-39), "from -9 LUFS to 18 dB below -30 LUFS");
        Assert.That(bed.DuckAt, Is.EqualTo(-40), "10 dB below the own sound");
        Assert.That(bed.Duck(), Does.Contain("threshold=0.01:"));
    }

    [Test]
    public void Where_nothing_else_is_heard_it_has_the_wanted_loudness()
    {
        var bed = MusicBed.Under(Music, Loudness.None, -14);

        Assert.That(bed.GainDb, Is.EqualTo(-5));
    }

    [Test]
    public void The_threshold_stays_within_what_the_filter_takes()
    {
        var bed = MusicBed.Under(Music, new Loudness(-49.9, -30, 0), -14);

        Assert.That(bed.DuckAt, Is.GreaterThanOrEqualTo(-60));
        Assert.That(bed.Duck(), Does.Contain("threshold=0.001").Or.Contain("threshold=0.00101"));
    }
}
