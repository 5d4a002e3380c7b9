using NUnit.Framework;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Tests.Filters;

namespace ShortsDaemon.Tests.Commands;

/// <summary>The exact arguments: a change here changes every Short, so it must be seen.</summary>
public sealed class ShortCommandTests
{
    private const string Standard =
        "setsar=1,format=yuv420p,setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,";
    private const string Picture =
        "[0:0]fps=30:start_time=0,setsar=1,split=3[recorded][opening][scenes];[recorded]crop=608:1080,scale=1080:1920,"
        + Standard
        + "split=3[frames][start][candidates];"
        + "[frames]format=yuv420p[picture];[start]trim=end_frame=1[start1];[candidates]"
        + Typical
        + "[candidates1];[start1][candidates1]concat,setpts=N/(FRAME_RATE*TB),scale=out_range=pc,format=yuvj420p[thumbnail];"
        + "[opening]trim=end_frame=1[opening1];[scenes]"
        + Typical
        + "[scenes1];[opening1][scenes1]concat,setpts=N/(FRAME_RATE*TB),crop=1920:1080,scale=1280:720,"
        + Standard
        + "scale=out_range=pc,format=yuvj420p[wide];";
    private const string Typical = "select='isnan(prev_selected_t)+gte(t-prev_selected_t,1.5)',thumbnail=8";
    private const string Heard =
        "[0:1]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,volume=-3.5dB,aresample=192000,"
        + "alimiter=limit=0.794:level=0:attack=5:release=50,aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,"
        + "apad=whole_dur=12,atrim=end=12[sound]";

    private static readonly ShortPlan Plan = new(
        "/in/a.mp4",
        VideoStreams.Of(1920, 1080),
        new AudioStream(1, "aac", 48000, 2, "stereo", null),
        TimeSpan.FromSeconds(12),
        new CentreCrop(),
        new(30, 1),
        -3.5,
        new X264(),
        0
    );

    private static ProcessCommand Command(ShortPlan plan) =>
        ShortCommand.For("ffmpeg", plan, "/out/short.mp4", "/out/thumbnail.jpg", "/out/wide.jpg", new ProcessLimits());

    private static string Line(ShortPlan plan) => string.Join(' ', Command(plan).Arguments);

    private static string Output(string encoder) =>
        $" -map [picture] {encoder}"
        + Sound
        + " -map [thumbnail] -frames:v 2 -c:v mjpeg -q:v 3 -f image2 -update 1 file:/out/thumbnail.jpg"
        + " -map [wide] -frames:v 2 -c:v mjpeg -q:v 3 -f image2 -update 1 file:/out/wide.jpg";

    private static string Encoder(VideoEncoder encoder, int threads = 0) =>
        string.Join(' ', encoder.OutputArguments(new EncodeSettings(new(30, 1)) { Threads = threads }));

    private static string Resound(ShortPlan plan) =>
        string.Join(
            ' ',
            ShortCommand.Resound("ffmpeg", plan, "/out/made.mp4", "/out/short.mp4", new ProcessLimits()).Arguments
        );

    private const string Sound =
        " -map [sound] -c:a aac -aac_coder fast -b:a 192k -ar 48000 -ac 2 -map_metadata -1 -map_chapters -1 -shortest "
        + "-movflags +faststart -f mp4 file:/out/short.mp4";
    private static readonly string Made = string.Join(' ', InputArguments.Restrictions) + " -i file:/out/made.mp4 ";
    private const string Start = "-hide_banner -nostats -loglevel warning -y -progress pipe:1 ";
    private static readonly string Input = string.Join(' ', InputArguments.Restrictions) + " -i file:/in/a.mp4 ";

    [Test]
    public void Golden_with_sound() =>
        Assert.That(
            Line(Plan),
            Is.EqualTo(Start + Input + "-filter_complex " + Picture + Heard + Output(Encoder(new X264())))
        );

    [Test]
    public void Golden_without_sound() =>
        Assert.That(
            Line(Plan with { Sound = null }),
            Is.EqualTo(
                Start
                    + Input
                    + "-f lavfi -i anullsrc=r=48000:cl=stereo -filter_complex "
                    + Picture
                    + "[1:a]apad=whole_dur=12,atrim=end=12[sound]"
                    + Output(Encoder(new X264()))
            )
        );

    [Test]
    public void Texts_are_drawn_from_a_file_of_a_fixed_name_in_the_working_directory()
    {
        var command = Command(Plan with { HasOverlay = true, Folder = "/work folder/a'b,c" });
        var drawn = Picture.Replace("[frames]format", "[frames]ass=overlay.ass:fontsdir=fonts,format");

        Assert.That(command.WorkingDirectory, Is.EqualTo("/work folder/a'b,c"));
        Assert.That(command.Arguments, Does.Contain(drawn + Heard).And.None.Contain("a'b,c"));
        Assert.That(Command(Plan).WorkingDirectory, Is.Null);
    }

    [Test]
    public void The_text_of_the_thumbnails_is_drawn_on_both_and_never_on_the_Short()
    {
        const string jpeg = "scale=out_range=pc,format=yuvj420p";
        var titled = Picture
            .Replace(jpeg + "[thumbnail]", "ass=thumbnail.ass:fontsdir=fonts," + jpeg + "[thumbnail]")
            .Replace(jpeg + "[wide]", "ass=wide.ass:fontsdir=fonts," + jpeg + "[wide]");

        Assert.That(
            Line(Plan with { HasThumbnailText = true, Folder = "/scratch" }),
            Is.EqualTo(Start + Input + "-filter_complex " + titled + Heard + Output(Encoder(new X264())))
        );
    }

    [Test]
    public void Golden_sound_anew()
    {
        var silent = Resound(Plan with { Sound = null });

        Assert.That(
            Resound(Plan),
            Is.EqualTo(Start + Input + Made + "-filter_complex " + Heard + " -map 1:v -c:v copy" + Sound)
        );
        Assert.That(silent, Does.Contain("cl=stereo " + Made).And.Contain("[1:a]apad"));
        Assert.That(silent, Does.Contain("-map 2:v -c:v copy"));
    }

    private static readonly MusicBed Bed = new(new("/music/a'b.mp3", 3, -12, -18), -20.5, -40);
    private static readonly string Music =
        "-stream_loop -1 " + string.Join(' ', InputArguments.Restrictions) + " -i file:/music/a'b.mp3 ";
    private const string Played =
        "[1:3]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,atrim=end=12,"
        + "volume=-20.5dB,afade=t=in:d=0.5,afade=t=out:st=10.8:d=1.2";
    private const string Levelled =
        ",volume=-3.5dB,aresample=192000,alimiter=limit=0.794:level=0:attack=5:release=50,aresample=48000,"
        + "aformat=sample_fmts=fltp:channel_layouts=stereo,apad=whole_dur=12,atrim=end=12[sound]";

    [Test]
    public void Golden_with_music()
    {
        const string mixed =
            "[0:1]aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,"
            + "apad=whole_dur=12,atrim=end=12,asplit[own][key];"
            + Played
            + "[music];[music][key]sidechaincompress=threshold=0.01:ratio=4:attack=20:release=500[bed];"
            + "[own][bed]amix=inputs=2:normalize=0"
            + Levelled;
        var plan = Plan with { Music = Bed };

        Assert.That(
            Line(plan),
            Is.EqualTo(Start + Input + Music + "-filter_complex " + Picture + mixed + Output(Encoder(new X264())))
        );
        Assert.That(
            Resound(plan),
            Is.EqualTo(Start + Input + Music + Made + "-filter_complex " + mixed + " -map 2:v -c:v copy" + Sound)
        );
    }

    [Test]
    public void Golden_music_alone()
    {
        var plan = Plan with { Sound = null, Music = Bed };

        Assert.That(
            Line(plan),
            Is.EqualTo(
                Start + Input + Music + "-filter_complex " + Picture + Played + Levelled + Output(Encoder(new X264()))
            )
        );
        Assert.That(Resound(plan), Does.Contain(Music + Made).And.Contain("-map 2:v -c:v copy"));
    }

    [Test]
    public void Golden_loop()
    {
        var plan = Plan with
        {
            LoopFrames = 12,
            Cut = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(13.4), "") { EndsEarly = true },
            Music = Bed,
            HasOverlay = true,
            ThumbnailAt = TimeSpan.FromSeconds(2),
        };
        var line = Line(plan);

        Assert.That(
            line,
            Does.Contain(
                "split=3[frames][start][candidates];[frames]split[turn][lead];[lead]trim=end_frame=12[again];"
                    + "[turn]trim=start_frame=12[body];[body][again]xfade=duration=0.4:offset=11.6,setpts=PTS-STARTPTS,"
                    + "ass=overlay.ass:fontsdir=fonts,format=yuv420p[picture];"
            )
        );
        Assert.That(line, Does.Contain("[candidates]trim=start=2.4,"), "by the clock of what was taken");
        Assert.That(
            line,
            Does.Contain(
                "apad=whole_dur=12.4,atrim=end=12.4,asplit[own][key];[1:3]"
                    + Heard["[0:1]".Length..Heard.IndexOf(",volume", StringComparison.Ordinal)]
                    + ",atrim=end=12.4,volume=-20.5dB[music];"
            )
        );
        Assert.That(
            line,
            Does.Contain(
                "amix=inputs=2:normalize=0,asplit[round][before];[before]apad=whole_dur=0.4,atrim=end=0.4[anew];"
                    + "[round]atrim=start=0.4,asetpts=PTS-STARTPTS,apad=whole_dur=12,atrim=end=12[rest];"
                    + "[rest][anew]acrossfade=d=0.4:c1=qsin:c2=qsin"
                    + Levelled
            )
        );
        Assert.That(line, Does.Contain(" -r 30 -map [sound]").Or.Contain(" -r 30/1 -map [sound]"));
    }

    [Test]
    public void Golden_restrictions() =>
        Assert.That(
            InputArguments.Restrictions,
            Is.EqualTo(
                new[]
                {
                    "-protocol_whitelist",
                    "file",
                    "-format_whitelist",
                    "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,mxf,wav,mp3,flac,aac",
                }
            )
        );

    [Test]
    public void Threads_limit_decoder_and_encoder()
    {
        var line = Line(Plan with { Threads = 2 });

        Assert.That(line, Does.StartWith(Start + "-filter_complex_threads 2 -threads 2 " + Input));
        Assert.That(line, Does.Contain(Encoder(new X264(), 2)).And.Contain("-threads 2 -map [sound]"));
    }

    [Test]
    public void The_device_is_opened_before_any_input_and_the_pictures_end_on_it()
    {
        var line = Line(Plan with { Encoder = new Vaapi() });

        Assert.That(line, Does.StartWith(Start + "-vaapi_device /dev/dri/renderD128 " + Input));
        Assert.That(line, Does.Contain("[frames]format=nv12,hwupload[picture]"));
    }

    [TestCase("with blanks.mp4")]
    [TestCase("quote's \"and\".mp4")]
    [TestCase("line\nbreak.mp4")]
    [TestCase("🎬.mp4")]
    [TestCase("-rf.mp4")]
    [TestCase("%03d.mp4")]
    [TestCase("a:b;[c],d=e\\.mp4")]
    public void A_name_stands_in_its_own_url_and_nowhere_else(string name)
    {
        var arguments = Command(Plan with { Source = "/in/" + name }).Arguments;

        Assert.That(
            arguments.Where(a => a.Contains(name, StringComparison.Ordinal)),
            Is.EqualTo(new[] { "file:/in/" + name })
        );
        Assert.That(arguments[arguments.ToList().IndexOf("file:/in/" + name) - 1], Is.EqualTo("-i"));
        Assert.That(
            arguments,
            Is.SupersetOf(Command(Plan).Arguments.Where(a => a.Contains('['))),
            "the graph stays the same"
        );
    }

    [Test]
    public void The_encode_aims_below_the_size_that_destinations_take() =>
        Assert.That(Line(Plan with { MaxBytes = 13_000_000 }), Does.Contain("-crf 20 -maxrate 7400k -bufsize 7400k "));

    [Test]
    public void A_relative_name_cannot_be_taken_for_an_option() =>
        Assert.That(InputArguments.Url("-rf.mp4"), Is.EqualTo("file:" + Path.GetFullPath("-rf.mp4")));

    [Test]
    public void Ffmpeg_is_asked_to_quit_and_gives_way_to_others()
    {
        var command = Command(Plan);

        Assert.That(command.Stop, Is.EqualTo(StopRequest.QuitKey));
        Assert.That(command.LowPriority, Is.True);
    }
}
