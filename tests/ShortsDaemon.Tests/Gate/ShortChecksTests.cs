using NUnit.Framework;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Gate.Checks;
using ShortsDaemon.Pipeline.Publish.Folder;

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

    [Test]
    public void The_codes_of_the_reasons_never_change() =>
        Assert.That(
            ShortChecks.All.Select(c => c.Code),
            Is.EquivalentTo(
                new[]
                {
                    "length",
                    "frame-format",
                    "interlaced",
                    "colour-tags",
                    "sound-format",
                    "length-difference",
                    "sound-offset",
                    "too-large",
                    "index-last",
                    "decode-error",
                    "dull-start",
                    "black",
                    "frozen",
                    "sound-lost",
                    "muted-segment",
                    "loudness",
                    "true-peak",
                }
            )
        );

    [Test]
    public void Fields_fail() =>
        AssertOnly(
            nameof(InterlacedCheck),
            false,
            Good with
            {
                Info = Good.Info with { Picture = Picture with { IsInterlaced = true } },
            }
        );

    [TestCase(0, true)]
    [TestCase(60, true)]
    [TestCase(-60, true)]
    [TestCase(61, false)]
    [TestCase(-61, false)]
    public void Picture_and_sound_begin_together(double ms, bool passes) =>
        AssertOnly(
            nameof(SoundOffsetCheck),
            passes,
            Good with
            {
                Info = Good.Info with
                {
                    Picture = Picture with { Start = TimeSpan.FromSeconds(1) },
                    Sound = Track with { Start = TimeSpan.FromMilliseconds(1000 + ms) },
                },
            }
        );

    [TestCase(1000, true)]
    [TestCase(999, false)]
    public void The_smallest_limit_of_the_destinations_counts(long limit, bool passes)
    {
        var input = Input(Good) with { Limit = new SizeLimit(limit, "inbox/Folder") };
        var finding = new SizeCheck().Look(input);
        Assert.That(finding.Passed, Is.EqualTo(passes));
        Assert.That(finding.Text, Does.Contain("inbox/Folder"));
    }

    [Test]
    public void A_channel_has_the_smallest_limit_of_its_destinations()
    {
        FolderDestinationOptions[] destinations =
        [
            new() { Type = "Folder", Name = "any" },
            new()
            {
                Type = "Folder",
                Name = "large",
                MaxSizeMiB = 200,
            },
            new()
            {
                Type = "Folder",
                Name = "small",
                MaxSizeMiB = 100,
            },
        ];
        Assert.That(SizeLimit.Of("main", destinations), Is.EqualTo(new SizeLimit(100 * 1024 * 1024, "main/small")));
        Assert.That(SizeLimit.Of("main", destinations[..1]), Is.Null);
    }

    [TestCase(0, 0.4, false)]
    [TestCase(0.1, 0.5, false)]
    [TestCase(1, 3, true)]
    public void The_first_picture_shows_something(double from, double to, bool passes) =>
        AssertOnly(nameof(FirstFrameCheck), passes, Good with { Blacks = [new Stretch(from, to)] });

    [TestCase(0, 2, true)]
    [TestCase(0, 2.1, false)]
    [TestCase(0.5, 9, true)]
    public void Something_moves_soon(double from, double to, bool passes) =>
        AssertOnly(nameof(FirstFrameCheck), passes, Good with { Freezes = [new Stretch(from, to)] });

    [TestCase(9, 10, false, Description = "the recording is heard there")]
    [TestCase(9, 9.5, true, Description = "shorter than anybody minds")]
    [TestCase(4.9, 7.2, true, Description = "the recording is silent there")]
    [TestCase(4, 7, false, Description = "begins a second too early")]
    public void A_hole_in_the_sound_is_found(double from, double to, bool passes)
    {
        var file = Good with
        {
            Loudness = Good.Loudness with { Silences = [new Stretch(1, 2), new Stretch(from, to)] },
        };
        var source = Recording with { Silences = [new Stretch(1, 2), new Stretch(5, 7)] };
        var finding = new MutedSegmentCheck().Look(new GateInput(file, source, -14));
        Assert.That(finding.Passed, Is.EqualTo(passes), finding.Text);
    }

    [Test]
    public void Where_nobody_knows_the_silences_no_hole_is_told()
    {
        var file = Good with { Loudness = Good.Loudness with { Silences = [new Stretch(1, 5)] } };
        AssertOnly(nameof(MutedSegmentCheck), true, file);
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
