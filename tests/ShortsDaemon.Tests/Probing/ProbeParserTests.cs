using System.Text.Json;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Probing;

public sealed class ProbeParserTests
{
    private const string Video =
        """ "codec_type":"video","codec_name":"h264","width":1920,"height":1080,"avg_frame_rate":"30/1","r_frame_rate":"30/1" """;
    private const string Audio =
        """ "codec_type":"audio","codec_name":"aac","sample_rate":"48000","channels":2,"channel_layout":"stereo" """;

    private static MediaInfo Parse(
        string streams,
        string format = """ "format_name":"mov","duration":"12.5","size":"99" """
    ) => ProbeParser.Parse($$"""{"streams":[{{streams}}],"format":{ {{format}} } }""");

    private static VideoStream Picture(string more) => Parse($$"""{ {{Video}} {{more}} }""").Picture!;

    [Test]
    public void An_ordinary_recording()
    {
        var info = Parse(
            $$"""{ {{Video}},"index":0,"duration":"12.0","pix_fmt":"yuv420p"},{ {{Audio}},"index":1,"duration":"12.1"}"""
        );

        Assert.That(info.Format, Is.EqualTo("mov"));
        Assert.That(info.Duration, Is.EqualTo(TimeSpan.FromSeconds(12)));
        Assert.That(info.SizeBytes, Is.EqualTo(99));
        Assert.That(
            info.Picture,
            Is.EqualTo(
                new VideoStream(
                    0,
                    "h264",
                    1920,
                    1080,
                    1,
                    0,
                    new(30, 1),
                    false,
                    "yuv420p",
                    new(null, null, null, null),
                    false,
                    TimeSpan.FromSeconds(12)
                )
            )
        );
        Assert.That(info.Sound, Is.EqualTo(new AudioStream(1, "aac", 48000, 2, "stereo", TimeSpan.FromSeconds(12.1))));
    }

    [Test]
    public void Where_the_streams_begin()
    {
        var info = Parse($$"""{ {{Video}},"start_time":"0.04"},{ {{Audio}},"start_time":"-0.021"}""");

        Assert.That(info.Picture!.Start, Is.EqualTo(TimeSpan.FromSeconds(0.04)));
        Assert.That(info.Sound!.Start, Is.EqualTo(TimeSpan.FromSeconds(-0.021)));
        Assert.That(Picture("").Start, Is.Null);
    }

    [TestCase("0", 0)]
    [TestCase("-90", 90)]
    [TestCase("90", 270)]
    [TestCase("180", 180)]
    [TestCase("-180", 180)]
    [TestCase("-270", 270)]
    [TestCase("270", 90)]
    [TestCase("-89.6", 90)]
    [TestCase("60", 0, Description = "a slant does not change the shape")]
    [TestCase("45", 0)]
    [TestCase("-2147483648", 0, Description = "what ffprobe prints for a damaged matrix")]
    public void Rotation_is_given_clockwise(string rotation, int clockwise) =>
        Assert.That(Picture($$""","side_data_list":[{},{"rotation":{{rotation}}}]""").Rotation, Is.EqualTo(clockwise));

    [Test]
    public void A_quarter_turn_swaps_the_sides()
    {
        var picture = Picture(""","sample_aspect_ratio":"4:3","side_data_list":[{"rotation":-90}]""");

        Assert.That((picture.TurnedWidth, picture.TurnedHeight), Is.EqualTo((1080, 1920)));
        Assert.That(picture.TurnedAspect, Is.EqualTo(0.75));
    }

    [TestCase("4:3", 4.0 / 3)]
    [TestCase("0:1", 1)]
    [TestCase("1:0", 1)]
    [TestCase("N/A", 1)]
    [TestCase("-4:3", 1)]
    public void Sample_aspect(string ratio, double expected) =>
        Assert.That(Picture($""","sample_aspect_ratio":"{ratio}" """).SampleAspect, Is.EqualTo(expected));

    [TestCase("30/1", "30/1", false)]
    [TestCase("60/1", "37037/1000", true)]
    [TestCase("30000/1001", "29970/1000", false)]
    public void A_variable_rate_is_noticed(string lowest, string average, bool isVariable)
    {
        var json =
            $$"""{"codec_type":"video","codec_name":"vp9","width":2,"height":2,"r_frame_rate":"{{lowest}}","avg_frame_rate":"{{average}}"}""";
        Assert.That(Parse(json).Picture!.IsVariableRate, Is.EqualTo(isVariable));
    }

    [TestCase("smpte2084", true)]
    [TestCase("arib-std-b67", true)]
    [TestCase("bt709", false)]
    [TestCase("unknown", false)]
    public void Hdr_goes_by_the_transfer(string transfer, bool isHdr) =>
        Assert.That(
            Picture($""","color_transfer":"{transfer}","color_space":"unknown" """).Colour,
            Is.EqualTo(new Colour(null, transfer == "unknown" ? null : transfer, null, null))
                .And.Property("IsHdr")
                .EqualTo(isHdr)
        );

    [TestCase("tt", true)]
    [TestCase("bb", true)]
    [TestCase("tb", true)]
    [TestCase("bt", true)]
    [TestCase("progressive", false)]
    [TestCase("unknown", false)]
    public void Fields(string order, bool isInterlaced) =>
        Assert.That(Picture($""","field_order":"{order}" """).IsInterlaced, Is.EqualTo(isInterlaced));

    [TestCase("attached_pic")]
    [TestCase("still_image")]
    public void Cover_art_is_no_picture(string disposition)
    {
        var info = Parse($$"""{ {{Video}},"index":0,"disposition":{"{{disposition}}":1} },{ {{Video}},"index":1}""");

        Assert.That(info.Picture!.Index, Is.EqualTo(1));
        Assert.That(info.VideoStreams, Is.EqualTo(1));
    }

    [Test]
    public void An_empty_track_is_passed_over()
    {
        var empty =
            """{"codec_type":"video","codec_name":"h264","width":640,"height":360,"avg_frame_rate":"0/0","r_frame_rate":"90000/1"}""";

        Assert.That(Parse(empty).Picture, Is.Null);
        Assert.That(Parse($$"""{{empty}},{ {{Video}},"index":1}""").Picture!.Index, Is.EqualTo(1));
    }

    [Test]
    public void Of_several_sounds_the_default_one_is_taken()
    {
        var info = Parse(
            $$"""{ {{Audio}},"index":1},{ {{Audio}},"index":2,"disposition":{"default":1} },{ {{Audio}},"index":3,"disposition":{"default":1} }"""
        );

        Assert.That(info.Sound!.Index, Is.EqualTo(2));
        Assert.That(info.AudioStreams, Is.EqualTo(3));
    }

    [Test]
    public void A_sound_that_cannot_be_decoded_is_no_sound() =>
        Assert.That(
            Parse("""{"codec_type":"audio","channels":0,"codec_name":"x"},{"codec_type":"audio","channels":2}""").Sound,
            Is.Null
        );

    [TestCase(""" "duration":"7.5" """, 7.5)]
    [TestCase(""" "duration":"N/A","tags":{"DURATION":"00:01:02.500000000"} """, 62.5)]
    [TestCase(""" "tags":{"DURATION":"nonsense"} """, 12.5)]
    [TestCase(""" "tags":{"DURATION":"00:00:00.000000000"} """, 12.5)]
    [TestCase(""" "duration":"-3" """, 12.5)]
    [TestCase(""" "duration":"1e300" """, 12.5)]
    public void The_pictures_own_length_counts(string length, double seconds) =>
        Assert.That(Parse($$"""{ {{Video}},{{length}} }""").Duration.TotalSeconds, Is.EqualTo(seconds));

    [Test]
    public void No_length_at_all() =>
        Assert.That(
            Parse($$"""{ {{Video}} }""", """ "format_name":"webm" """),
            Has.Property("Duration").EqualTo(TimeSpan.Zero)
        );

    [Test]
    public void Nothing_in_it()
    {
        Assert.That(ProbeParser.Parse("{}").Picture, Is.Null);
        Assert.That(
            () => ProbeParser.Parse("{}").RequirePicture(),
            Throws.TypeOf<RefusedMediaException>().With.Message.Contains("neither")
        );
        Assert.That(
            () => Parse($$"""{ {{Audio}} }""").RequirePicture(),
            Throws.TypeOf<RefusedMediaException>().With.Message.Contains("only sound")
        );
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("hello")]
    [TestCase("[]")]
    [TestCase("""{"streams":[{"width":"wide"}]}""")]
    [TestCase("""{"streams":""")]
    public void Garbage_is_no_answer(string json) =>
        Assert.That(() => ProbeParser.Parse(json), Throws.InstanceOf<JsonException>());

    [Test]
    public void Holes_in_the_lists_do_no_harm() => Assert.That(Parse("null").Picture, Is.Null);
}
