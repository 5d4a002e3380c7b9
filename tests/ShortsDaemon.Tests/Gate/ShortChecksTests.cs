using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Gate.Checks;

namespace ShortsDaemon.Tests.Gate;

internal sealed class ShortChecksTests
{
    private static readonly VideoStream Picture = new(
        0,
        "h264",
        1080,
        1920,
        1,
        0,
        new FrameRate(30, 1),
        false,
        "yuv420p",
        new Colour("bt709", "bt709", "bt709", "tv"),
        false,
        TimeSpan.FromSeconds(30)
    );

    private static readonly AudioStream Track = new(1, "aac", 48000, 2, "stereo", TimeSpan.FromSeconds(30));
    private static readonly Loudness Recording = new(-20, -3, 4);

    private static readonly FinishedFile Good = new(
        new MediaInfo("mov", TimeSpan.FromSeconds(30), 1000, Picture, Track, 1, 1),
        new Loudness(-14, -1.5, 4),
        0,
        0,
        true,
        []
    );

    [Test]
    public void A_good_Short_passes_every_check() =>
        Assert.That(ShortChecks.All.Where(c => !c.Look(Input(Good)).Passed).Select(c => c.Name), Is.Empty);

    [Test]
    public void Every_finding_says_something() =>
        Assert.That(ShortChecks.All.Select(c => c.Look(Input(Good)).Text), Has.All.Not.Empty);

    [TestCase(2.9, false)]
    [TestCase(2.97, true, Description = "3 s less one frame of 30 a second")]
    [TestCase(3, true)]
    [TestCase(180, true)]
    [TestCase(180.04, true)]
    [TestCase(181, false)]
    public void Length(double seconds, bool passes) =>
        AssertOnly(nameof(DurationCheck), passes, OfLength(Good, TimeSpan.FromSeconds(seconds)));

    [TestCase(-15.1, false)]
    [TestCase(-15, true)]
    [TestCase(-13, true)]
    [TestCase(-12.9, false)]
    public void Loudness_within_1_LU(double lufs, bool passes) =>
        AssertOnly(nameof(LoudnessCheck), passes, Good with { Loudness = Good.Loudness with { Integrated = lufs } });

    [TestCase(-14.3, -13.3)]
    [TestCase(-14.1, -15.1)]
    [TestCase(-23.3, -22.3)]
    public void Loudness_of_exactly_1_LU_off_passes_whatever_the_target(double target, double lufs)
    {
        var file = Good with { Loudness = Good.Loudness with { Integrated = lufs } };
        Assert.That(new LoudnessCheck().Look(new GateInput(file, Recording, target)).Passed, Is.True);
    }

    [TestCase(-1.1, true)]
    [TestCase(-1, true)]
    [TestCase(-0.9, false)]
    public void True_peak(double peak, bool passes) =>
        AssertOnly(nameof(TruePeakCheck), passes, Good with { Loudness = Good.Loudness with { TruePeak = peak } });

    [TestCase(99, true)]
    [TestCase(-99, true)]
    [TestCase(101, false)]
    [TestCase(-101, false)]
    public void Picture_and_sound_end_together(double ms, bool passes) =>
        AssertOnly(
            nameof(LengthDifferenceCheck),
            passes,
            Good with
            {
                Info = Good.Info with
                {
                    Sound = Track with { Duration = Picture.Duration + TimeSpan.FromMilliseconds(ms) },
                },
            }
        );

    [TestCase(5, true)]
    [TestCase(5.1, false)]
    public void Sound_of_the_recording_is_not_lost(double silent, bool passes) =>
        AssertOnly(
            nameof(SilenceCheck),
            passes,
            Good with
            {
                Loudness = Good.Loudness with { SilentSeconds = silent },
            }
        );

    [Test]
    public void A_recording_without_sound_may_stay_silent()
    {
        var file = Good with { Loudness = new Loudness(-70, -100, 30) };
        var input = new GateInput(file, Media.Analysis.Loudness.None, -14);
        Assert.That(ShortChecks.All.Where(c => !c.Look(input).Passed), Is.Empty);
    }

    [TestCase(15, true)]
    [TestCase(15.1, false)]
    public void Black_for_half_of_it(double black, bool passes) =>
        AssertOnly(nameof(BlackFramesCheck), passes, Good with { BlackSeconds = black });

    [TestCase(24, true)]
    [TestCase(24.1, false)]
    public void Frozen_for_most_of_it(double frozen, bool passes) =>
        AssertOnly(nameof(FrozenPictureCheck), passes, Good with { FrozenSeconds = frozen });

    [Test]
    public void Index_behind_the_data_fails() =>
        AssertOnly(nameof(FastStartCheck), false, Good with { IsFastStart = false });

    [Test]
    public void A_decoding_error_fails_and_is_quoted()
    {
        var file = Good with { DecodeErrors = ["[h264 @ 0x1] [error] cabac_init_idc 32 overflow"] };
        AssertOnly(nameof(DecodeCheck), false, file);
        Assert.That(new DecodeCheck().Look(Input(file)).Text, Does.Contain("cabac_init_idc"));
    }

    private static readonly VideoStream[] WrongFrames =
    [
        Picture with
        {
            Width = 1920,
            Height = 1080,
        },
        Picture with
        {
            Rotation = 90,
        },
        Picture with
        {
            SampleAspect = 1.333,
        },
        Picture with
        {
            Codec = "hevc",
        },
        Picture with
        {
            PixelFormat = "yuv444p",
        },
        Picture with
        {
            IsVariableRate = true,
        },
    ];

    [TestCaseSource(nameof(WrongFrames))]
    public void Another_frame_fails(VideoStream picture) =>
        AssertOnly(nameof(FrameCheck), false, Good with { Info = Good.Info with { Picture = picture } });

    private static readonly Colour[] WrongColours =
    [
        new(null, null, null, null),
        new("bt2020", "bt709", "bt709", "tv"),
        new("bt709", "smpte2084", "bt709", "tv"),
        new("bt709", "bt709", "bt709", "pc"),
        new("bt709", "bt709", "bt709", null),
    ];

    [TestCaseSource(nameof(WrongColours))]
    public void Other_colour_tags_fail(Colour colour) =>
        AssertOnly(
            nameof(ColourCheck),
            false,
            Good with
            {
                Info = Good.Info with { Picture = Picture with { Colour = colour } },
            }
        );

    private static readonly AudioStream[] WrongTracks =
    [
        Track with
        {
            Codec = "mp3",
        },
        Track with
        {
            SampleRate = 44100,
        },
        Track with
        {
            Channels = 1,
        },
    ];

    [TestCaseSource(nameof(WrongTracks))]
    public void Another_sound_track_fails(AudioStream track) =>
        AssertOnly(nameof(SoundTrackCheck), false, Good with { Info = Good.Info with { Sound = track } });

    [Test]
    public void No_sound_track_at_all_fails()
    {
        var input = Input(Good with { Info = Good.Info with { Sound = null } });
        Assert.That(
            ShortChecks.All.Where(c => !c.Look(input).Passed).Select(c => c.Name),
            Is.EquivalentTo(new[] { nameof(SoundTrackCheck), nameof(LengthDifferenceCheck) })
        );
    }

    private static GateInput Input(FinishedFile file) => new(file, Recording, -14);

    private static FinishedFile OfLength(FinishedFile file, TimeSpan length) =>
        file with
        {
            Info = file.Info with
            {
                Duration = length,
                Picture = Picture with { Duration = length },
                Sound = Track with { Duration = length },
            },
        };

    /// <summary>The named check, and no other, fails when it should not pass.</summary>
    private static void AssertOnly(string check, bool passes, FinishedFile file) =>
        Assert.That(
            ShortChecks.All.Where(c => !c.Look(Input(file)).Passed).Select(c => c.Name),
            Is.EqualTo(passes ? Array.Empty<string>() : [check])
        );
}
