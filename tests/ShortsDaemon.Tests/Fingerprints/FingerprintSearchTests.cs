using NUnit.Framework;
using ShortsDaemon.Media.Fingerprints;

namespace ShortsDaemon.Tests.Fingerprints;

/// <summary>Copies are found whatever was done to them; different scenes are never taken for each other.</summary>
internal sealed class FingerprintSearchTests
{
    private const int Scenes = 2;
    private const double Seconds = 9;

    private static readonly (string Name, View View)[] Copies =
    [
        ("noisy", new View { Noise = 10 }),
        ("mirrored", new View { IsMirrored = true }),
        ("zoomed", new View { Width = 0.9, Height = 0.9 }),
        ("cut to 9:16", new View { Width = 81.0 / 256 }),
        ("cut to 9:16 beside the middle", new View { Width = 81.0 / 256, Aside = 0.2 }),
        ("cropped on one side", new View { Width = 0.9, Aside = -0.05 }),
        ("begins later", new View { From = 2.3 }),
        ("faster", new View { Speed = 1.05 }),
        ("slower", new View { Speed = 0.95 }),
        ("mute", new View { IsMute = true }),
        ("mute and mirrored", new View { IsMute = true, IsMirrored = true }),
    ];

    private static readonly Fingerprint[] Known =
    [
        .. Enumerable.Range(1, Scenes + 1).Select(seed => Fingerprint.Of(new Scene(seed).Sketch(Seconds))),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Copies.Select(copy => new TestCaseData(copy.View).SetArgDisplayNames(copy.Name));

    [TestCaseSource(nameof(Cases))]
    public void A_copy_is_found_and_not_taken_for_another_scene(View view)
    {
        for (var seed = 1; seed <= Scenes; seed++)
        {
            var search = new FingerprintSearch(new Scene(seed).Sketch(Seconds, view));
            for (var other = 1; other <= Scenes + 1; other++)
            {
                var likeness = search.Compare(Known[other - 1]);
                Assert.That(likeness, other == seed ? Is.Not.Null : Is.Null, $"scenes {seed} and {other}");
            }
        }
    }

    [Test]
    public void The_finding_says_what_was_done()
    {
        var view = new View { IsMirrored = true, Speed = 1.05 };
        var likeness = new FingerprintSearch(new Scene(1).Sketch(Seconds, view)).Compare(Known[0]);
        Assert.That(likeness!.IsMirrored, Is.True);
        Assert.That(likeness.Speed, Is.EqualTo(1.05));
        Assert.That($"{likeness}", Does.Contain("mirrored").And.Contain("105"));
    }

    [Test]
    public void What_never_moves_and_is_mute_says_nothing()
    {
        var view = new View { IsMute = true, IsFrozen = true };
        var known = Fingerprint.Of(new Scene(1).Sketch(Seconds, view));
        Assert.That(new FingerprintSearch(new Scene(1).Sketch(Seconds, view)).Compare(known), Is.Null);
    }

    [Test]
    public void The_same_frame_around_another_game_is_no_copy()
    {
        var still = new View { IsFrozen = true };
        var known = Fingerprint.Of(new Scene(1).Sketch(Seconds, still));
        var other = new Scene(1).Sketch(Seconds, still with { IsMute = true });
        Assert.That(new FingerprintSearch(other).Compare(known), Is.Null);
    }

    [Test]
    public void Too_short_to_tell_is_no_copy()
    {
        var known = Fingerprint.Of(new Scene(1).Sketch(4));
        Assert.That(new FingerprintSearch(new Scene(1).Sketch(4)).Compare(known), Is.Null);
    }

    [Test]
    public void Saved_and_loaded_it_is_the_same()
    {
        var made = Fingerprint.Of(new Scene(3).Sketch(Seconds));
        var (pictures, sound) = made.Save();
        var loaded = Fingerprint.Load(pictures, sound);
        Assert.That(loaded.Pictures, Is.EqualTo(made.Pictures));
        Assert.That(loaded.Sound, Is.EqualTo(made.Sound));
        Assert.That(pictures.Length + sound.Length, Is.LessThan(400 * Seconds), "bytes for each second");
    }

    [TestCase(40 * 36, TestName = "Words of 36 pictures in five parts, as once saved, say nothing")]
    [TestCase(1 + 144 * 18, TestName = "Another form says nothing")]
    public void What_was_saved_in_another_form_says_nothing(int bytes) =>
        Assert.That(Fingerprint.Load(new byte[bytes], new byte[80]).IsTelling, Is.False);

    [Test]
    public void Of_nothing_there_is_nothing_to_tell()
    {
        var nothing = new Media.Sketches.Sketch([], []);
        Assert.That(Fingerprint.Of(nothing).IsTelling, Is.False);
        Assert.That(Fingerprint.Load([], []).IsTelling, Is.False);
    }
}
