using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Speech;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Render.Transcribers;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

/// <summary>What is drawn over a Short of 5 s, and what is said when something is missing.</summary>
internal sealed class OverlayStepTests
{
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,000\nhello world\n";

    private TestFolder _folder = null!;
    private FakeMediaTools _tools = null!;
    private Recogniser _recogniser = null!;

    [SetUp]
    public void MakeFolder()
    {
        (_folder, _tools, _recogniser) = (new TestFolder(), new FakeMediaTools(), new Recogniser());
        _folder.Write("talk.mp4", "recording");
        File.WriteAllBytes(_folder["font.ttf"], TestFont.Bytes(12));
    }

    [TearDown]
    public void CleanUp()
    {
        _folder.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task Nothing_to_draw_is_nothing_drawn()
    {
        var drawn = await MakeAsync(new RenderOptions());

        Assert.That(drawn, Is.EqualTo(new Drawn(null, drawn.Remarks)));
        Assert.That(drawn.Remarks, Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(_folder.Root), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_transcript_beside_the_recording_becomes_captions_in_the_owners_font()
    {
        _folder.Write("talk.srt", Srt);

        var drawn = await MakeAsync(new RenderOptions { FontFile = _folder["font.ttf"] });

        var script = await File.ReadAllTextAsync(drawn.Script!);
        Assert.That(script, Does.Contain("Style: Caption,Test Sans,78,").And.Contain("HELLO"));
        Assert.That(drawn.Subtitles, Is.EqualTo("1\n00:00:01,000 --> 00:00:02,250\nhello world\n\n"));
        Assert.That(drawn.Remarks, Is.Empty);
        Assert.That(
            new FileInfo(_folder["fonts/font"]).ResolveLinkTarget(true)!.FullName,
            Is.EqualTo(_folder["font.ttf"])
        );
    }

    [Test]
    public async Task Captions_can_be_switched_off()
    {
        _folder.Write("talk.srt", Srt);

        var drawn = await MakeAsync(With(TranscriberName.None));

        Assert.That(drawn.Script, Is.Null);
    }

    [Test]
    public async Task A_transcript_that_cannot_be_read_is_told_and_the_rest_is_drawn()
    {
        _folder.Write("talk.srt", "nonsense");

        var drawn = await MakeAsync(new RenderOptions { FontFile = _folder["font.ttf"], Hook = "{title}!" });

        Assert.That(
            drawn.Remarks,
            Is.EqualTo(
                new[]
                {
                    $"no captions: '{_folder["talk.srt"]}' cannot be used: it has no cue: a line such as 00:00:01,000 --> 00:00:02,500 and its text below",
                }
            )
        );
        Assert.That(await File.ReadAllTextAsync(drawn.Script!), Does.Contain("My talk!"));
        Assert.That(drawn.Subtitles, Is.Null);
    }

    [TestCase("clip of {broadcaster}", null)]
    [TestCase("{title} of {broadcaster}", "My talk of")]
    [TestCase("always", "always")]
    public async Task A_text_of_which_nothing_is_known_is_left_out(string template, string? shown)
    {
        var drawn = await MakeAsync(new RenderOptions { FontFile = _folder["font.ttf"], Credit = template });

        if (shown is null)
            Assert.That(drawn.Script, Is.Null);
        else
            Assert.That(await File.ReadAllTextAsync(drawn.Script!), Does.Match($@"Dialogue: .*\}}{shown}\n"));
    }

    [Test]
    public async Task A_font_that_is_none_is_told_and_nothing_is_drawn()
    {
        _folder.Write("talk.srt", Srt);

        var drawn = await MakeAsync(new RenderOptions { FontFile = _folder["talk.mp4"] });

        Assert.That(drawn.Script, Is.Null);
        Assert.That(
            drawn.Remarks.Single(),
            Does.StartWith($"no texts are drawn: the font '{_folder["talk.mp4"]}' cannot")
        );
    }

    [TestCase("{title} {broadcaster}?!", "MY TALK ?!")]
    [TestCase("{broadcaster}", null)]
    [TestCase("", null)]
    public async Task The_thumbnails_have_a_text_of_their_own(string template, string? shown)
    {
        var render = new RenderOptions { FontFile = _folder["font.ttf"], ThumbnailText = template };

        var (drawn, remarks) = await TitleAsync(render);

        Assert.That(drawn, Is.EqualTo(shown is not null));
        Assert.That(remarks, Is.Empty);
        Assert.That(File.Exists(_folder["overlay.ass"]), Is.False);
        foreach (var name in shown is null ? Array.Empty<string>() : ["thumbnail.ass", "wide.ass"])
            Assert.That(
                (await File.ReadAllTextAsync(_folder[name])).Replace(@"\N", " ", StringComparison.Ordinal),
                Does.Contain(shown).And.Contain("Test Sans")
            );
    }

    [Test]
    public async Task A_font_that_is_none_costs_the_text_of_the_thumbnails_and_is_told()
    {
        var (drawn, remarks) = await TitleAsync(new() { FontFile = _folder["talk.mp4"], ThumbnailText = "Wow" });

        Assert.That(drawn, Is.False);
        Assert.That(remarks.Single(), Does.StartWith("no text is drawn on the thumbnails: the font '"));
    }

    private async Task<(bool Drawn, IReadOnlyList<string> Remarks)> TitleAsync(RenderOptions render)
    {
        var order = new ShortOrder(_folder["talk.mp4"], _folder.Root, render, name => name == "title" ? "My talk" : "");
        var step = new OverlayStep(new FontFinder(new ProcessRunner(TimeProvider.System, "test")));
        List<string> remarks = [];
        var painter = step.ThumbnailPainterOf(order, remarks);
        var places = new ThumbnailPlaces([], []);
        return (painter is not null && await painter(_folder.Root, places, CancellationToken.None), remarks);
    }

    [Test]
    public async Task Without_the_list_of_words_to_mask_there_are_no_captions()
    {
        _folder.Write("talk.srt", Srt);
        var captions = new CaptionOptions { MaskFile = _folder["gone.txt"] };

        var drawn = await MakeAsync(new RenderOptions { Captions = captions, FontFile = _folder["font.ttf"] });

        Assert.That(drawn.Script, Is.Null);
        Assert.That(drawn.Remarks.Single(), Does.Contain("gone.txt"));
    }

    [Test]
    public async Task The_list_of_words_masks_captions_and_subtitles()
    {
        _folder.Write("talk.srt", Srt);
        var captions = new CaptionOptions { MaskFile = _folder.Write("words.txt", "hello\n") };

        var drawn = await MakeAsync(new RenderOptions { Captions = captions, FontFile = _folder["font.ttf"] });

        Assert.That(drawn.Subtitles, Does.Contain("h**** world"));
        Assert.That(await File.ReadAllTextAsync(drawn.Script!), Does.Contain("H****").And.Not.Contain("HELLO"));
    }

    [Test]
    public async Task A_transcript_beside_the_recording_goes_before_the_recogniser()
    {
        _folder.Write("talk.srt", Srt);

        await MakeAsync(With(TranscriberName.Deepgram));

        Assert.That(_recogniser.Asked, Is.Zero);
    }

    [TestCase(false, 0)]
    [TestCase(true, 3)]
    public async Task A_recogniser_that_fails_for_good_costs_the_captions_only(bool mayPass, int waits)
    {
        _recogniser.Trouble = new TranscriberException("the server is on fire", mayPass);

        var drawn = await MakeAsync(With(TranscriberName.Deepgram), waits);

        Assert.That(drawn.Script, Is.Null);
        Assert.That(drawn.Remarks, Is.EqualTo(new[] { "no captions: the server is on fire" }));
        Assert.That(_folder["speech.wav"], Does.Not.Exist);
    }

    [Test]
    public void A_recogniser_that_is_down_is_waited_for()
    {
        _recogniser.Trouble = new TranscriberException("the server is on fire", mayPass: true);

        Assert.That(
            () => MakeAsync(With(TranscriberName.Deepgram), waits: 2),
            Throws.TypeOf<UnavailableException>().With.Message.EqualTo("no transcript yet: the server is on fire")
        );
    }

    private RenderOptions With(TranscriberName transcriber) =>
        new()
        {
            FontFile = _folder["font.ttf"],
            Captions = new() { Transcriber = transcriber },
        };

    private async Task<Drawn> MakeAsync(RenderOptions render, int waits = 0)
    {
        var processes = new ProcessRunner(TimeProvider.System, "test");
        Func<ToolPaths> tools = () => new ToolPaths(_tools.FFmpeg, _tools.FFprobe);
        var order = new ShortOrder(_folder["talk.mp4"], _folder.Root, render, name => name == "title" ? "My talk" : "")
        {
            Original = _folder["talk.mp4"],
            Waits = waits,
        };
        var info = await new MediaProbe(processes, tools).ProbeAsync(order.Source, CancellationToken.None);
        List<string> remarks = [];
        var transcription = new Transcription(new SpeechSound(processes, tools), [_recogniser]);
        var studied = new Studied(info, new Sketch([], []), null, null, info.Duration)
        {
            Transcript = await transcription.OfAsync(order, info, remarks, CancellationToken.None),
        };
        var painter = new OverlayStep(new FontFinder(processes)).PainterOf(
            order,
            studied,
            _folder["short.srt"],
            remarks
        );
        var isDrawn = painter is not null && await painter(_folder.Root, [], CancellationToken.None);
        return new Drawn(isDrawn ? _folder["overlay.ass"] : null, remarks)
        {
            Subtitles = File.Exists(_folder["short.srt"]) ? await File.ReadAllTextAsync(_folder["short.srt"]) : null,
        };
    }

    private sealed record Drawn(string? Script, IReadOnlyList<string> Remarks)
    {
        public string? Subtitles { get; init; }
    }

    private sealed class Recogniser : ITranscriber
    {
        public TranscriberName Name => TranscriberName.Deepgram;

        public int Asked { get; private set; }

        public Exception? Trouble { get; set; }

        public Task<Transcript> TranscribeAsync(string wav, string language, CancellationToken cancel)
        {
            Asked++;
            return Trouble is null ? Task.FromResult(Transcript.Of([])) : Task.FromException<Transcript>(Trouble);
        }
    }
}
